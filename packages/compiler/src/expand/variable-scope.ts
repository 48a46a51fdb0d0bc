import { foldCase, stringValue, variablesValue } from '@signalbox/expressions';
import type { ObjectValue, Value } from '@signalbox/expressions';

/** The variables known at the place that is being expanded: those above it in the text, innermost first (TPL-8, REC-88). */
export interface VariableScope {
  /** The `variables` context; it shows what is known now, so keep only copies of it. */
  readonly value: ObjectValue;
  define(name: string, text: string): void;
  /** A copy that stays as it is. */
  snapshot(): ObjectValue;
  /** Begins a stage or a job; what is given back ends it. */
  enter(): number;
  leave(mark: number): void;
}

/** One definition and what it hid. */
interface Change {
  readonly folded: string;
  readonly name: string;
  readonly before: readonly [name: string, value: Value] | undefined;
}

/** A scope with the predefined variables. Definitions and ends of scopes cost what they change, not what there is. */
export function newVariableScope(predefined: Iterable<readonly [string, string]>): VariableScope {
  const entries = new Map<string, Value>();
  const folded = new Map<string, Value>();
  const names = new Map<string, string>();
  const changes: Change[] = [];
  function put(name: string, value: Value): void {
    const key = foldCase(name);
    entries.delete(names.get(key) ?? name);
    entries.set(name, value);
    folded.set(key, value);
    names.set(key, name);
  }
  function undo({ folded: key, name, before }: Change): void {
    entries.delete(name);
    folded.delete(key);
    names.delete(key);
    if (before !== undefined) put(before[0], before[1]);
  }
  for (const [name, text] of predefined) put(name, stringValue(text));
  return {
    value: { kind: 'object', entries, folded, missing: 'null', partial: false },
    define(name, text) {
      const key = foldCase(name);
      const value = folded.get(key);
      const before = value === undefined ? undefined : ([names.get(key) ?? name, value] as const);
      changes.push({ folded: key, name, before });
      put(name, stringValue(text));
    },
    snapshot: () => variablesValue([...entries].map(([name, value]) => [name, textOf(value)] as const)),
    enter: () => changes.length,
    leave(mark) {
      while (changes.length > mark) {
        const last = changes.pop();
        if (last !== undefined) undo(last);
      }
    },
  };
}

function textOf(value: Value): string {
  return value.kind === 'string' ? value.value : '';
}
