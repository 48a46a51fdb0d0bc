import type { LockView, RunView } from '@signalbox/api';
import { runMark } from './mark.ts';

/** The page in three numbers; `–` while a number is not known. */
export interface Summary {
  readonly running: string;
  /** Places in the lines of all locks. */
  readonly inLine: string;
  /** `2/3`: locks that somebody holds, of all. */
  readonly occupied: string;
}

const UNKNOWN = '–';

/** Counts what the page is about. */
export function summary(
  runs: readonly RunView[] | undefined,
  locks: readonly LockView[] | undefined,
): Summary {
  const waiters = locks?.reduce((sum, lock) => sum + lock.waitersTotal, 0);
  const held = locks?.filter((lock) => lock.holders.length > 0).length;
  return {
    running: String(runs?.filter((run) => runMark(run).icon === 'running').length ?? UNKNOWN),
    inLine: String(waiters ?? UNKNOWN),
    occupied: locks === undefined ? UNKNOWN : `${held}/${locks.length}`,
  };
}
