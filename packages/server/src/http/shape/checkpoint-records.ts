import type { WireRecord } from '@signalbox/api';
import type { CheckRun, StageState } from '@signalbox/engine';
import type { StageReason } from '@signalbox/model';
import { checkRecord, type CheckRecordPlace } from './check-record.ts';
import { node, times, type Times } from './record.ts';
import { staleIssues } from './stale-issues.ts';

/**
 * The checkpoint of a stage with a record for each check and for the exclusive lock; none where nothing was checked.
 * What steps on the server wait for is no part of it: its records hang on the stage itself (APPR-19).
 */
export function checkpointRecords(stage: StageState, at: CheckRecordPlace): readonly WireRecord[] {
  const all = stage.checkpoint?.checks ?? [];
  const inJobs = all.filter(({ category }) => category === 'inJob');
  const checks = all.filter(({ category }) => category !== 'inJob');
  return [...recordsOf(stage, checks, at), ...inJobs.map((check) => checkRecord(stage, check, at))];
}

function recordsOf(
  stage: StageState,
  checks: readonly CheckRun[],
  at: CheckRecordPlace,
): readonly WireRecord[] {
  const lock = lockTimes(stage);
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
    ...checks.map((check) => checkRecord(stage, check, { ...at, parent: checkpoint })),
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
