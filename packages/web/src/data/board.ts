import { useMemo } from 'react';
import type { Board } from '../view-models/board.ts';
import { board } from '../view-models/board.ts';
import { useLocks, useRuns } from './queries.ts';

const NONE: readonly never[] = [];

/** The runs and the locks of the project, joined; empty as long as they are not read. */
export function useBoard(): Board {
  const runs = useRuns().data ?? NONE;
  const locks = useLocks().data ?? NONE;
  return useMemo(() => board(runs, locks), [runs, locks]);
}
