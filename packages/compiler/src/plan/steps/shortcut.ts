import type { TaskReference } from '@signalbox/model';

/**
 * A step that is written as `key: value` and means a task (STEPY-3). The same record reads the step, documents it
 * and writes it out again.
 */
export interface Shortcut {
  readonly key: string;
  readonly summary: string;
  readonly task: TaskReference;
  /** The task's id where it is known: final YAML of the service names some tasks by it (REC-165). */
  readonly id?: string;
  /** The input that takes the value of the key itself. */
  readonly input: string;
  /** Inputs that the shortcut always sets. */
  readonly fixed: Readonly<Record<string, string>>;
  /** Further keys of the step by name. */
  readonly extras: Readonly<Record<string, Extra>>;
  /** True: all other inputs of the task can be given under `inputs`. */
  readonly takesInputs?: true;
  /** The key that has taken its place; it still works. */
  readonly former?: string;
}

/** A further key of a shortcut and the input that it sets. */
export interface Extra {
  readonly summary: string;
  /** The input's name where it differs from the key's. */
  readonly input?: string;
}
