import type { ApprovalSettings, InvokeSettings, Millis } from '@signalbox/model';

/** What a task of the server does when its step starts: it lets time pass, or it asks somebody. */
export type ServerAct =
  | { readonly kind: 'wait'; readonly ms: Millis }
  | {
      readonly kind: 'ask';
      readonly settings: ApprovalSettings | InvokeSettings;
      /** What the end of the step's time means (TIME-3). */
      readonly onTimeout: 'fail' | 'succeed';
    };

/** What the inputs of a step ask for, with what is worth a warning; or in one sentence why it cannot start. */
export type ReadInputs =
  { readonly act: ServerAct; readonly warnings: readonly string[] } | { readonly problem: string };

/** A task that runs on the server (JOB-7). */
export interface ServerTask {
  readonly name: string;
  readonly versions: readonly number[];
  /** The names of its inputs, as they are written. */
  readonly inputs: readonly string[];
  /** Whether `retryCountOnTaskFailure` counts (STEPY-8). */
  readonly retries: boolean;
  /** Reads inputs by folded name; macros are replaced, as far as the server knows them. */
  read(inputs: ReadonlyMap<string, string>): ReadInputs;
}

/** The flag of an input; undefined: it is none. */
export function readFlag(text: string | undefined, otherwise: boolean): boolean | undefined {
  const word = text?.trim().toLowerCase() ?? '';
  if (word === '') return otherwise;
  return word === 'true' || word === 'false' ? word === 'true' : undefined;
}
