import type { LockRequestView, LockView, RunView, StageView } from '@signalbox/api';
import { fold } from '@signalbox/model';

/** What the two halves of the page know of each other: runs by number, and who waits where. */
export interface Board {
  readonly runs: ReadonlyMap<number, RunView>;
  readonly waits: ReadonlyMap<string, readonly LockRequestView[]>;
}

/** Joins runs and locks, so that each half can name what the other shows. */
export function board(runs: readonly RunView[], locks: readonly LockView[]): Board {
  const waits = new Map<string, LockRequestView[]>();
  for (const request of locks.flatMap((lock) => lock.waiters)) {
    const key = stageKey(request.runId, request.nodeName, request.nodeAttempt);
    waits.set(key, [...(waits.get(key) ?? []), request]);
  }
  return { runs: new Map(runs.map((run) => [run.id, run])), waits };
}

/** The lock requests that a stage attempt waits with. */
export function waitsOf(on: Board, run: RunView, stage: StageView): readonly LockRequestView[] {
  return on.waits.get(stageKey(run.id, stage.name, stage.attempt)) ?? [];
}

/** The last attempt of a stage by its name in any letter case (NAME-2), if the run is on the page. */
export function stageOf(on: Board, runId: number, stage: string): StageView | undefined {
  return on.runs.get(runId)?.stages.findLast((each) => fold(each.name) === fold(stage));
}

/** A run as a person names it: its number where known, otherwise its id. */
export function runName(on: Board, runId: number): string {
  return on.runs.get(runId)?.number ?? String(runId);
}

function stageKey(run: number, stage: string, attempt: number): string {
  return `${run}/${attempt}/${fold(stage)}`;
}
