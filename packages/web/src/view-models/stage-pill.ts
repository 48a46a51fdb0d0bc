import { pendingCancel, type OpenApprovalView, type RunView, type StageView } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { Board } from './board.ts';
import { waitsOf } from './board.ts';
import { awaitedChecks } from './check.ts';
import type { Mark } from './mark.ts';
import { stageMark } from './mark.ts';
import { stageReason } from './stage-reason.ts';
import { elapsed, passed } from './time.ts';

/** A stage in the row of a run. */
export interface StagePill {
  readonly key: string;
  readonly name: string;
  readonly mark: Mark;
  /** One to four words after the name: where it waits, how long it has run, how it ended. */
  readonly note: string;
  /** The same at length, sentence by sentence. */
  readonly explained: readonly string[];
}

const SILENT = 'Its jobs are over; its lock stays taken until its agents are surely silent.';

/** What to show of one stage attempt. */
export function stagePill(run: RunView, stage: StageView, on: Board, now: number): StagePill {
  return {
    key: `${stage.name}/${stage.attempt}`,
    name: stage.displayName,
    mark: stageMark(stage),
    note: note(run, stage, on, now),
    explained: explained(run, stage, on),
  };
}

/**
 * Stages in columns: a stage stands right of everything it depends on. Within a column the order of the file holds.
 * Of a retried stage only the last attempt is shown.
 */
export function stageColumns<T extends Dependent>(stages: readonly T[]): readonly (readonly T[])[] {
  const last = new Map(stages.map((stage) => [fold(stage.name), stage]));
  const depth = new Map<string, number>();
  const columns: T[][] = [];
  for (const stage of inOrder(last)) {
    const above = stage.dependsOn.map((name) => depth.get(fold(name)) ?? -1);
    const own = Math.max(-1, ...above) + 1;
    depth.set(fold(stage.name), own);
    (columns[own] ??= []).push(stage);
  }
  return columns;
}

/** A stage, as far as its place among the others goes. */
export type Dependent = Pick<StageView, 'name' | 'dependsOn'>;

/** Dependencies first; iterative rounds, because a plan may name a stage before the one it depends on. */
function inOrder<T extends Dependent>(stages: ReadonlyMap<string, T>): readonly T[] {
  const done = new Set<string>();
  const ordered: T[] = [];
  let left = [...stages.values()];
  while (left.length > 0) {
    const ready = left.filter((stage) =>
      stage.dependsOn.every((name) => done.has(fold(name)) || !stages.has(fold(name))),
    );
    const next = ready.length > 0 ? ready : left;
    for (const stage of next) done.add(fold(stage.name));
    ordered.push(...next);
    left = left.filter((stage) => !done.has(fold(stage.name)));
  }
  return ordered;
}

function note(run: RunView, stage: StageView, on: Board, now: number): string {
  if (stage.approvals !== undefined) return approvalNote(stage.approvals);
  if (stage.state === 'waiting') return waitingNote(run, stage, on);
  if (stage.state === 'draining') return 'draining';
  if (stage.state === 'notStarted') return '';
  if (stage.cancelling && stage.state === 'running') return 'cancelling';
  if (stage.cancelPending !== undefined) {
    return `cancel requested by ${stage.cancelPending.by}; takes effect when it is over`;
  }
  if (stage.startTime === undefined || stage.result === 'skipped') return stageMark(stage).label;
  return elapsed(passed(stage.startTime, stage.finishTime ? Date.parse(stage.finishTime) : now));
}

function waitingNote(run: RunView, stage: StageView, on: Board): string {
  const awaited = awaitedChecks(stage);
  if (awaited.length > 0) return `waits for ${awaited.map(({ name }) => name).join(', ')}`;
  const requests = waitsOf(on, run, stage);
  const [first] = requests;
  if (first === undefined) return 'waits for its lock';
  const place = first.position === undefined ? '' : ` · no. ${first.position}`;
  const more = requests.length > 1 ? ` + ${requests.length - 1}` : '';
  return `waits for ${first.resourceName}${more}${place}`;
}

function explained(run: RunView, stage: StageView, on: Board): readonly string[] {
  const awaited = awaitedChecks(stage);
  if (awaited.length > 0) return awaited.map(({ text }) => text);
  if (stage.state === 'waiting') return unique(waitsOf(on, run, stage).flatMap((request) => request.reasons));
  if (stage.holder?.state === 'quarantined') return [lost(stage.holder.until)];
  if (stage.state === 'draining') return [SILENT];
  if (stage.reason !== undefined) return [stageReason(stage.reason, on)];
  const pending = pendingCancel(stage);
  if (pending !== undefined) return [pending];
  if (stage.cancelling && run.cancelRequestedBy) return [`${run.cancelRequestedBy} asked to cancel.`];
  return [];
}

function approvalNote(approvals: readonly OpenApprovalView[]): string {
  const names = unique(approvals.flatMap(({ waitsFor }) => waitsFor));
  return names.length === 0 ? 'approved for later' : `waits for approval by ${names.join(', ')}`;
}

function lost(until: string | undefined): string {
  const end = until === undefined ? 'until a person decides or they are back' : `until ${until}`;
  return `Its agents are not heard of any more; its lock stays taken ${end}.`;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
