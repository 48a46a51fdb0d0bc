import type { Value } from '@signalbox/model';
import type { Node } from '../read/node.ts';
import type { Key, Scope } from './key.ts';
import { oneOf, TEXT } from './shape.ts';
import { booleanOf, readBoolean, readInteger, toValue } from './values.ts';

/** The bounds of a whole number, both included. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** A whole number, macros or a run-time expression (YAML-36). Nothing means that the default holds. */
export function lateIntegerKey(summary: string, bounds: Bounds): Key<Value | number> {
  return {
    summary,
    shape: oneOf({ kind: 'integer', ...bounds }, TEXT),
    read: (node, scope) => readLateInteger(node, bounds, scope),
  };
}

/** A boolean, macros or a run-time expression (YAML-36). */
export function lateBooleanKey(summary: string): Key<Value | boolean> {
  return {
    summary,
    shape: oneOf({ kind: 'boolean' }, TEXT),
    read: (node, scope) => lateValue(node) ?? readBoolean(node, scope),
  };
}

/** Reads a whole number that a run may have to work out. */
export function readLateInteger(node: Node, { min, max }: Bounds, scope: Scope): Value | number | undefined {
  if (node.kind === 'scalar' && node.text === '') return undefined;
  return lateValue(node) ?? readInteger(node, min, max, scope);
}

/** A value that only a run can know, if the text holds one. */
export function lateValue(node: Node): Value | undefined {
  if (node.kind !== 'scalar' || booleanOf(node.text) !== undefined) return undefined;
  const value = toValue(node.text);
  return typeof value === 'object' || hasMacro(node.text) ? value : undefined;
}

/** True for text with a macro, which is only known when it is used (VAR-1). */
export function hasMacro(text: string): boolean {
  const open = text.search(/\$\([^)]/);
  // One pattern for both ends would look for the end again from every beginning.
  return open >= 0 && text.includes(')', open + 3);
}
