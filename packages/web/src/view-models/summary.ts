import type { LockView, RunView } from '@signalbox/api';
import { runMark } from './mark.ts';

/** The page in three numbers. */
export interface Summary {
  readonly running: number;
  /** Places in the lines of all locks. */
  readonly inLine: number;
  readonly occupied: number;
  readonly locks: number;
}

/** Counts what the page is about. */
export function summary(runs: readonly RunView[], locks: readonly LockView[]): Summary {
  return {
    running: runs.filter((run) => runMark(run).icon === 'running').length,
    inLine: locks.reduce((sum, lock) => sum + lock.waitersTotal, 0),
    occupied: locks.filter((lock) => lock.holders.length > 0).length,
    locks: locks.length,
  };
}
