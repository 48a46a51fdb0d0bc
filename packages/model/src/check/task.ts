/** What the settings of every task check have (CHK-4). */
export interface TaskSettings {
  /** How people call it; empty: as its task is called. */
  readonly displayName: string;
  /** Minutes between evaluations; absent: nobody said. A static check is evaluated once whatever it is. */
  readonly retryMinutes?: number;
  /** What becomes of the stage when the check has not passed in time; absent: it is skipped (GAP-9). */
  readonly onTimeout?: 'skip' | 'fail';
  /** The id of the variable group whose variables its inputs can use; absent: none. */
  readonly variableGroup?: string;
}

/** Longest display name of a check. */
export const MAX_CHECK_NAME = 200;

/** A day: longer is a mistake. */
export const MAX_RETRY_MINUTES = 1440;

/** What is wrong with what every task check has, each in one sentence that says how to mend it. */
export function taskProblems(settings: TaskSettings): readonly string[] {
  const { retryMinutes = 0 } = settings;
  const inBounds =
    Number.isSafeInteger(retryMinutes) && retryMinutes >= 0 && retryMinutes <= MAX_RETRY_MINUTES;
  const problem = `"retryInterval" is a whole number of minutes from 0 (once) to ${MAX_RETRY_MINUTES}.`;
  return [...(inBounds ? [] : [problem]), ...nameProblems(settings)];
}

/** What is wrong with the display name of a check. */
export function nameProblems({ displayName }: { readonly displayName: string }): readonly string[] {
  if (displayName.length <= MAX_CHECK_NAME && !/\p{Cc}/u.test(displayName)) return [];
  return [`"displayName" has at most ${MAX_CHECK_NAME} characters, and no line breaks; shorten it.`];
}
