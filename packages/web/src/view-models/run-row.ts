import type { RunView } from '@signalbox/api';
import type { Board } from './board.ts';
import type { Mark } from './mark.ts';
import { runMark } from './mark.ts';
import { branchName, firstLine, reasonWord, shortCommit } from './names.ts';
import type { StagePill } from './stage-pill.ts';
import { stageColumns, stagePill } from './stage-pill.ts';
import type { Moment } from './time.ts';
import { ago, elapsed, moment, passed } from './time.ts';

/** At most this many stages are drawn in a row; the rest is counted, and shown when the run is opened. */
export const STAGES_IN_ROW = 24;

/** A run as one row of the list. */
export interface RunRow {
  readonly id: number;
  readonly number: string;
  readonly pipeline: string;
  readonly mark: Mark;
  readonly branch: string;
  readonly commit: string;
  readonly message: string;
  readonly who: string;
  readonly why: string;
  readonly queued: Moment;
  /** How long it has run or ran; absent before the start. */
  readonly duration?: string;
  readonly columns: readonly (readonly StagePill[])[];
  readonly hiddenStages: number;
  readonly cancellable: boolean;
  /** Who asked to cancel, while the run is still ending. */
  readonly cancelNote?: string;
}

/** What to show of one run. */
export function runRow(run: RunView, on: Board, now: number): RunRow {
  const columns = stageColumns(run.stages);
  const shown = firstStages(columns);
  const count = (of: readonly (readonly unknown[])[]): number => of.flat().length;
  return {
    id: run.id,
    number: run.number,
    pipeline: run.definition.name,
    mark: runMark(run),
    branch: branchName(run.branch),
    commit: shortCommit(run.commit),
    message: firstLine(run.commitMessage ?? ''),
    who: run.requestedFor,
    why: reasonWord(run.reason),
    queued: moment(ago(run.queueTime, now), run.queueTime),
    columns: shown.map((column) => column.map((stage) => stagePill(run, stage, on, now))),
    hiddenStages: count(columns) - count(shown),
    cancellable: run.status === 'notStarted' || run.status === 'inProgress',
    ...duration(run, now),
    ...(run.status === 'cancelling' && run.cancelRequestedBy !== undefined
      ? { cancelNote: `${run.cancelRequestedBy} asked to cancel` }
      : {}),
  };
}

/** True while the run's texts change from second to second. */
export function isLive(run: RunView): boolean {
  return run.status !== 'completed' || run.stages.some((stage) => stage.state === 'draining');
}

function duration(run: RunView, now: number): { duration?: string } {
  if (run.startTime === undefined) return {};
  const end = run.finishTime === undefined ? now : Date.parse(run.finishTime);
  return { duration: elapsed(passed(run.startTime, end)) };
}

function firstStages<T>(columns: readonly (readonly T[])[]): readonly (readonly T[])[] {
  let left = STAGES_IN_ROW;
  return columns
    .map((column) => {
      const part = column.slice(0, Math.max(0, left));
      left -= part.length;
      return part;
    })
    .filter((column) => column.length > 0);
}
