import { fold } from '@signalbox/model';
import type { StepTarget } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import { isEmpty } from '../../read/node.ts';
import type { Node, ScalarNode } from '../../read/node.ts';
import { checkContainerAlias } from '../containers/reference.ts';
import { readFields, valueOf } from '../key.ts';
import type { Key, KeyTable, Scope } from '../key.ts';
import { hasMacro } from '../late.ts';
import { choiceOf, mappingOf, oneOf, TEXT, TEXTS } from '../shape.ts';
import { choiceKey, readScalar, readTextList, textKey, toValue } from '../values.ts';

/** The name of the agent itself, in a job that runs in a container (STEPY-7). */
const HOST = 'host';

const keys = {
  container: textKey('`host`, or the alias of a container.'),
  commands: choiceKey('`restricted` lets the step give few logging commands.', ['any', 'restricted']),
  settableVariables: {
    summary: 'The variables that the step may set: `none`, or a list of names.',
    shape: oneOf(choiceOf('none'), TEXTS),
    read: readSettableVariables,
  },
};

/** The keys of a `target` mapping (STEPY-7). */
export const targetKeys: KeyTable = keys;

/** `target` of a step: `host`, the alias of a container, or a mapping (STEPY-7). */
export const targetKey: Key<StepTarget> = {
  summary:
    'Where the step runs, and what it may tell the agent: `host`, the alias of a container, or a mapping.',
  shape: oneOf(TEXT, mappingOf('target')),
  read: readTarget,
};

function readTarget(node: Node, scope: Scope): StepTarget | undefined {
  if (isEmpty(node)) return undefined;
  if (node.kind !== 'mapping') {
    const scalar = readScalar(node, scope);
    return scalar === undefined ? undefined : { container: containerName(scalar, scope) };
  }
  const fields = readFields(node, keys, 'a target', scope);
  if (fields === undefined) return undefined;
  const { commands, settableVariables } = fields;
  const named = valueOf(node, 'container');
  const container = named?.kind === 'scalar' && named.text !== '' ? containerName(named, scope) : undefined;
  const target: StepTarget = {
    ...(container === undefined ? {} : { container }),
    ...(commands === undefined ? {} : { commands }),
    ...(settableVariables === undefined ? {} : { settableVariables }),
  };
  return Object.keys(target).length === 0 ? undefined : target;
}

/** Names with macros or an expression only the agent can look up. */
function containerName({ text, at }: ScalarNode, scope: Scope): string {
  if (fold(text) === HOST) return HOST;
  if (!hasMacro(text) && typeof toValue(text) === 'string') checkContainerAlias(text, at, scope);
  return text;
}

/** The empty list means none (STEPY-7). */
function readSettableVariables(node: Node, scope: Scope): readonly string[] | undefined {
  if (isEmpty(node)) return undefined;
  if (node.kind === 'list') return readTextList(node, scope)?.map(({ text }) => text);
  const scalar = readScalar(node, scope);
  if (scalar === undefined || scalar.text === 'none') return scalar && [];
  const help = 'Write `none`, or a list of names.';
  scope.report('wrong-value', scalar.at, `${quote(scalar.text)} is not a list of variables.`, help);
  return undefined;
}
