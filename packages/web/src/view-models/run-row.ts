import type { RunView, StageView } from '@signalbox/api';
import type { ApprovalNote } from './approval.ts';
import { approvalNotes } from './approval.ts';
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
  /** Its cancel was asked for, and it has not ended: an administrator may end it by force. */
  readonly forceable: boolean;
  /** Who asked to cancel, and what that waits for, while the run is still ending; or who ended it by force. */
  readonly cancelNote?: string;
  /** The approvals that it asks for now. */
  readonly approvals: readonly ApprovalNote[];
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
    cancellable: isCancellable(run),
    ...duration(run, now),
    forceable: isForceable(run),
    approvals: approvalNotes(run),
    ...cancelNote(run),
  };
}

/** True while the run's texts change from second to second. */
export function isLive(run: RunView): boolean {
  return run.status !== 'completed' || run.stages.some((stage) => stage.state === 'draining');
}

/** Whether a run can be cancelled that nobody has cancelled yet. */
export function isCancellable({ status }: RunView): boolean {
  return status === 'notStarted' || status === 'inProgress';
}

/** The stages of a run that wait or run now. */
export function liveStages(run: RunView): readonly StageView[] {
  return run.stages.filter(({ state }) => state === 'waiting' || state === 'running');
}

/** The running stages that a lock keeps a cancel from, as one text; undefined: none (Q6). */
export function protectedNames(run: RunView): string | undefined {
  const kept = run.stages.filter((stage) => stage.state === 'running' && stage.protectedBy !== undefined);
  return kept.length === 0 ? undefined : kept.map(({ displayName }) => displayName).join(' and ');
}

function isForceable(run: RunView): boolean {
  if (run.status === 'completed' || run.forced !== undefined) return false;
  const ends = run.stages.some(({ cancelling, cancelPending }) => cancelling || cancelPending !== undefined);
  return run.status === 'cancelling' || ends;
}

function cancelNote(run: RunView): { cancelNote?: string } {
  if (run.forced !== undefined) {
    return { cancelNote: `ended by force by ${run.forced.by}: ${run.forced.reason}` };
  }
  const pending = run.stages.filter(({ cancelPending }) => cancelPending !== undefined);
  const by = pending[0]?.cancelPending?.by;
  if (by !== undefined) {
    const names = pending.map(({ displayName }) => displayName).join(' and ');
    const are = pending.length === 1 ? 'is' : 'are';
    return { cancelNote: `cancel requested by ${by}; takes effect when ${names} ${are} over` };
  }
  if (run.status !== 'cancelling' || run.cancelRequestedBy === undefined) return {};
  return { cancelNote: `${run.cancelRequestedBy} asked to cancel` };
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
