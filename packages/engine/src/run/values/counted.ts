import { fold } from '@signalbox/model';
import type { RunIdentity } from '../state.ts';

/** Where variables are defined: at the root, in a stage, or in a job of a stage. */
export interface LevelName {
  readonly stage?: string;
  readonly job?: string;
}

/** Where `RunIdentity.counted` keeps the text of a variable. Names of stages and jobs have no `/` (NAME-1). */
export function countedKey({ stage = '', job = '' }: LevelName, variable: string): string {
  return fold(`${stage}/${job}/${variable}`);
}

/** What the variables of a level came to when their counters moved, once for the run (EXPR-51). */
export function countedAt(
  { counted }: Pick<RunIdentity, 'counted'>,
  level: LevelName,
): (variable: string) => string | undefined {
  // Keys have slashes, so none of them is a name that every object has.
  return (variable) => counted?.[countedKey(level, variable)];
}
