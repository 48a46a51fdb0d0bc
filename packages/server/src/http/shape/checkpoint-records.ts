import type { WireRecord } from '@signalbox/api';
import type { CheckRun, StageState } from '@signalbox/engine';
import type { RunId, StageReason } from '@signalbox/model';
import { approvalGuid } from '../pipelines/approval-id.ts';
import { waitsFor } from './approval.ts';
import { node, times, type Times } from './record.ts';
import { staleIssues } from './stale-issues.ts';

/** Where the checkpoint of a stage stands. */
interface Place {
  readonly parent: WireRecord;
  readonly run: RunId;
  /** The stage's place in its run, from 0. */
  readonly place: number;
}

/** The checkpoint of a stage with a record for each approval and for the exclusive lock; none where nothing was checked. */
export function checkpointRecords(stage: StageState, at: Place): readonly WireRecord[] {
  const lock = lockTimes(stage);
  const checks = stage.checkpoint?.checks ?? [];
  if (lock === undefined && checks.length === 0) return [];
  const order = 1;
  const { attempt } = stage;
  const checkpoint = node('Checkpoint', {
    attempt,
    order,
    identifier: `${stage.name}.Checkpoint`,
    parentId: at.parent.id,
  });
  return [
    {
      ...checkpoint,
      name: 'Checkpoint',
      refName: 'Checkpoint',
      ...(checks.length === 0 ? lock : checkpointTimes(stage)),
    },
    ...checks.map((check) => approvalRecord(stage, check, { ...at, parent: checkpoint })),
    ...(lock === undefined
      ? []
      : [lockRecord(stage, { lock, parent: checkpoint, order: checks.length + 1 })]),
  ];
}

function lockRecord(
  stage: StageState,
  { lock, parent, order }: { readonly lock: Times; readonly parent: WireRecord; readonly order: number },
): WireRecord {
  const { name, attempt } = stage;
  const identifier = `${name}.Checkpoint.ExclusiveLock`;
  const record = node('Checkpoint.ExclusiveLock', { attempt, order, identifier, parentId: parent.id });
  return {
    ...record,
    name: 'Exclusive lock',
    refName: 'Checkpoint.ExclusiveLock',
    ...lock,
    ...staleIssues(stage),
  };
}

/** The record of an approval has the approval's id: that is how third-party tools find it (REST.md §0.5). */
function approvalRecord(
  { name, attempt }: StageState,
  check: CheckRun,
  { parent, run, place: stage }: Place,
): WireRecord {
  const { number, configuration } = check;
  const identifier = `${name}.Checkpoint.Approval.${number}`;
  const awaited = waitsFor(check);
  return {
    ...node('Checkpoint.Approval', { attempt, order: number, identifier, parentId: parent.id }),
    id: approvalGuid({ run, stage, attempt, check: number }),
    name: `Approval of ${configuration.resource.name}`,
    refName: 'Checkpoint.Approval',
    ...approvalTimes(check),
    ...(awaited.length > 0 && { currentOperation: `Waits for approval by ${awaited.join(', ')}.` }),
    ...(check.message !== undefined && { issues: [{ type: 'error', message: check.message }] }),
  };
}

const RESULTS: Readonly<Partial<Record<CheckRun['status'], string>>> = {
  approved: 'succeeded',
  rejected: 'failed',
  timedOut: 'failed',
  canceled: 'canceled',
};

function approvalTimes({ status, startedAt: start, endedAt: finish }: CheckRun): Times {
  if (status === 'queued') return times('pending', {});
  if (status === 'running') return times('inProgress', { start });
  return times('completed', { start, finish, result: RESULTS[status] });
}

/** A checkpoint is over when the stage starts, but for approvals that are asked after its jobs. */
function checkpointTimes(stage: StageState): Times {
  switch (stage.phase) {
    case 'notStarted':
      return times('pending', {});
    case 'waiting':
      return times('inProgress', { start: stage.since });
    case 'running':
      if (stage.jobsOver !== undefined) return times('inProgress', { start: stage.waitingSince });
      return times('completed', { start: stage.waitingSince, finish: stage.startTime, result: 'succeeded' });
    case 'completed':
      if (stage.startTime !== undefined) {
        return times('completed', { start: stage.startTime, finish: stage.startTime, result: 'succeeded' });
      }
      return times('completed', { finish: stage.finishTime, result: stage.result });
  }
}

/** Undefined when the stage has not asked for a lock yet, or got none because there is none. */
function lockTimes(stage: StageState): Times | undefined {
  switch (stage.phase) {
    case 'notStarted':
      return undefined;
    case 'waiting':
      return waitingLock(stage);
    case 'running':
      if (stage.tokens.length === 0) return undefined;
      return times('completed', { start: stage.waitingSince, finish: stage.startTime, result: 'succeeded' });
    case 'completed':
      return endedLock(stage);
  }
}

/** The lock comes last (LOCK-20); held before the approvals, its turn is over (CLASSIC-3). */
function waitingLock({ checkpoint, since }: Extract<StageState, { phase: 'waiting' }>): Times | undefined {
  const locks = checkpoint?.locks ?? 'asked';
  if (locks === 'asked') return times('inProgress', { start: since });
  return locks === 'held' ? times('completed', { start: since, result: 'succeeded' }) : undefined;
}

function endedLock(stage: Extract<StageState, { phase: 'completed' }>): Times | undefined {
  const { startTime, finishTime, tokens, reason, result } = stage;
  if (tokens.length > 0)
    return times('completed', { start: startTime, finish: startTime, result: 'succeeded' });
  const byLock = reason !== undefined && BY_LOCK.has(reason.kind);
  return byLock ? times('completed', { finish: finishTime, result }) : undefined;
}

/** Why a stage ends at its lock. */
const BY_LOCK: ReadonlySet<string> = new Set<StageReason['kind']>([
  'lockTimeout',
  'superseded',
  'lockMissing',
  'lockOutsideSpan',
  'stale',
]);
