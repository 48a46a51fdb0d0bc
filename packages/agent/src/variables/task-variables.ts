import { fold, type FoldedName } from '@signalbox/model';
import type { Masker } from '../masking/masker.ts';

/** A variable between the parts of one task (LOG-16). */
export interface TaskVariable {
  readonly name: string;
  readonly value: string;
  readonly secret: boolean;
  readonly readonly: boolean;
}

/** The variables that the parts of one step's task leave for each other; nobody else sees them (LOG-16). */
export class TaskVariables {
  readonly #variables = new Map<FoldedName, TaskVariable>();
  readonly #masker: Masker;

  constructor(masker: Masker) {
    this.#masker = masker;
  }

  /** Sets one; returns false, and changes nothing, where it is read-only. What was secret stays secret. */
  set(variable: TaskVariable): boolean {
    const key = fold(variable.name);
    const before = this.#variables.get(key);
    const secret = variable.secret || before?.secret === true;
    if (secret) this.#masker.add(variable.value);
    if (before?.readonly === true) return false;
    this.#variables.set(key, { ...variable, secret });
    return true;
  }

  /** All of them, in the order of their first setting. */
  entries(): readonly TaskVariable[] {
    return [...this.#variables.values()];
  }
}
