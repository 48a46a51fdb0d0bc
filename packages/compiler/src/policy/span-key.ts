import { SPAN_SUMMARY, spanProblem, type LockSpan } from '@signalbox/model';
import { checkKeys, isMapping, readKnown } from '../plan/key.ts';
import type { Key, Scope } from '../plan/key.ts';
import { ANYTHING } from '../plan/shape.ts';
import { choiceKey, textMapKey } from '../plan/values.ts';
import type { Node } from '../read/node.ts';

/** How long a grant lasts: a word, or `through` with pipelines and their stages (LOCK-65). */
export const spanKey: Key<LockSpan> = { summary: SPAN_SUMMARY, shape: ANYTHING, read: readSpan };

const word = choiceKey('Without a named stage.', ['stage', 'run'] as const);

const throughKeys = {
  through: textMapKey('Pipelines, each with the stage whose end is the end of the span.', 'the pipelines'),
};

function readSpan(node: Node, scope: Scope): LockSpan | undefined {
  if (node.kind === 'scalar') return word.read(node, scope);
  if (!isMapping(node, 'a span', scope)) return undefined;
  checkKeys(node, [throughKeys], 'a span', scope);
  const { through } = readKnown(node, throughKeys, scope);
  if (through === undefined) return undefined;
  const span = { through: Object.fromEntries(Object.entries(through)) };
  const problem = spanProblem(span);
  if (problem === undefined) return span;
  scope.report('wrong-value', node.at, problem, 'For example `span: { through: { shop: Verify } }`.');
  return undefined;
}
