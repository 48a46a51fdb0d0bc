import { MAX_CHECK_NAME, taskProblems, type TaskSettings } from './task.ts';

/** The tasks that call an HTTP service (CHK-3). */
export const INVOKE_TASKS = ['restApi', 'azureFunction', 'azureMonitor', 'serviceNow'] as const;

/** One of those words. */
export type InvokeTask = (typeof INVOKE_TASKS)[number];

/** The settings of a check that asks an HTTP service (HOOK-1). */
export interface InvokeSettings extends TaskSettings {
  readonly kind: 'invoke';
  readonly task: InvokeTask;
  /** The inputs of the task as they were written, macros included. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Who decides: the answer itself, or a callback that comes later (HOOK-3, HOOK-5). */
  readonly completion: 'response' | 'callback';
}

/** More inputs than this are a mistake. */
export const MAX_INVOKE_INPUTS = 50;

/** Longest input: a body of JSON. */
export const MAX_INVOKE_INPUT = 20_000;

/** How often one check is evaluated at most (CHK-36). */
export const MAX_EVALUATIONS = 2000;

/** What is wrong with a check that asks an HTTP service, each in one sentence that says how to mend it. */
export function invokeProblems(settings: InvokeSettings): readonly string[] {
  const inputs = Object.entries(settings.inputs);
  const problems: string[] = [];
  if (inputs.length > MAX_INVOKE_INPUTS) {
    problems.push(`A check has at most ${MAX_INVOKE_INPUTS} inputs; take some away.`);
  }
  const long = inputs.find(
    ([name, value]) => name.length > MAX_CHECK_NAME || value.length > MAX_INVOKE_INPUT,
  );
  if (long !== undefined) {
    problems.push(
      `The input ${long[0].slice(0, 40)} is too long: a name has at most ${MAX_CHECK_NAME} characters, a value ${MAX_INVOKE_INPUT}; shorten it.`,
    );
  }
  return [...problems, ...taskProblems(settings)];
}
