import type { Node } from '../../read/node.ts';
import { choiceOf } from '../shape.ts';
import type { Key, Scope } from '../key.ts';
import { booleanOf, readScalar } from '../values.ts';

/** `trigger` of a resource that knows only `true` and `none`; nothing means `none` (TRIG-47). */
export function onOrNoneKey(summary: string): Key<boolean> {
  return { summary, shape: choiceOf('true', 'none'), read: readOnOrNone };
}

/** True for `true`, false for `none` and for nothing. */
export function readOnOrNone(node: Node, scope: Scope): boolean | undefined {
  const scalar = readScalar(node, scope);
  if (scalar === undefined) return undefined;
  if (['', 'none'].includes(scalar.text)) return false;
  if (booleanOf(scalar.text) === true) return true;
  scope.report('wrong-value', scalar.at, 'This trigger is `true` or `none`.', 'Write `true` or `none`.');
  return undefined;
}
