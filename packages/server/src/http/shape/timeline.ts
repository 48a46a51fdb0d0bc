import { pendingCancel, type RecordType, type WireRecord } from '@signalbox/api';
import type { InstanceState, JobState, RunState, StageState, StepState } from '@signalbox/engine';
import { fold, type Instant, type Plan, type StagePlan } from '@signalbox/model';
import { wireTime } from './common.ts';
import { recordGuid } from '../../guid.ts';

/** The records of a run: Stage › Phase › Job › Task, and Stage › Checkpoint › Checkpoint.ExclusiveLock (RES-4). */
export function timelineRecords(run: RunState, plan: Plan, url: string): readonly WireRecord[] {
  return run.stages.flatMap((stage, index) => {
    const planned = plan.stages.find((one) => fold(one.name) === fold(stage.name));
    return planned === undefined ? [] : stageRecords(stage, { planned, order: index + 1, url });
  });
}

interface StageContext {
  readonly planned: StagePlan;
  readonly order: number;
  readonly url: string;
}

function stageRecords(stage: StageState, { planned, order, url }: StageContext): readonly WireRecord[] {
  const record = node('Stage', { identifier: stage.name, attempt: stage.attempt, parentId: null, order });
  const own: WireRecord = {
    ...record,
    name: planned.displayName,
    refName: stage.name,
    ...stageTimes(stage),
    ...pendingIn(stage, planned),
  };
  const phases = stage.jobs.flatMap((job, index) => {
    const displayName =
      planned.jobs.find((one) => fold(one.name) === fold(job.name))?.displayName ?? job.name;
    return phaseRecords(job, { stage: stage.name, displayName, parentId: own.id, order: index + 1, url });
  });
  return [own, ...checkpointRecords(stage, own), ...phases];
}

/** A cancel that waits for the end of a protected stage is shown by those who only know Azure, too (Q6). */
function pendingIn(
  stage: StageState,
  { displayName }: StagePlan,
): Partial<Pick<WireRecord, 'currentOperation'>> {
  if (stage.phase !== 'running' || stage.cancelling || stage.cancelRequested === undefined) return {};
  const { at, by, of } = stage.cancelRequested;
  const protectedBy = (stage.protectedBy ?? []).map(({ lockName }) => lockName);
  const text = pendingCancel({ displayName, protectedBy, cancelPending: { at: wireTime(at), by, of } });
  return text === undefined ? {} : { currentOperation: text };
}

// A waiting stage stays `pending` while its lock's record says why (STG-11).
function stageTimes(stage: StageState): Times {
  switch (stage.phase) {
    case 'notStarted':
    case 'waiting':
      return times('pending', {});
    case 'running':
      return times('inProgress', { start: stage.startTime });
    case 'completed':
      return times('completed', { start: stage.startTime, finish: stage.finishTime, result: stage.result });
  }
}

function checkpointRecords(stage: StageState, parent: WireRecord): readonly WireRecord[] {
  const state = lockTimes(stage);
  if (state === undefined) return [];
  const at = { attempt: stage.attempt, order: 1 };
  const checkpoint = node('Checkpoint', {
    ...at,
    identifier: `${stage.name}.Checkpoint`,
    parentId: parent.id,
  });
  const lock = node('Checkpoint.ExclusiveLock', {
    ...at,
    identifier: `${stage.name}.Checkpoint.ExclusiveLock`,
    parentId: checkpoint.id,
  });
  return [
    { ...checkpoint, name: 'Checkpoint', refName: 'Checkpoint', ...state },
    { ...lock, name: 'Exclusive lock', refName: 'Checkpoint.ExclusiveLock', ...state },
  ];
}

/** Undefined when the stage never asked for a lock, or got none because there is none. */
function lockTimes(stage: StageState): Times | undefined {
  switch (stage.phase) {
    case 'notStarted':
      return undefined;
    case 'waiting':
      return times('inProgress', { start: stage.since });
    case 'running':
      if (stage.tokens.length === 0) return undefined;
      return times('completed', { start: stage.waitingSince, finish: stage.startTime, result: 'succeeded' });
    case 'completed':
      return endedLock(stage);
  }
}

function endedLock(stage: Extract<StageState, { phase: 'completed' }>): Times | undefined {
  const { startTime, finishTime, tokens, reason, result } = stage;
  if (tokens.length > 0)
    return times('completed', { start: startTime, finish: startTime, result: 'succeeded' });
  const byLock =
    reason?.kind === 'lockTimeout' || reason?.kind === 'superseded' || reason?.kind === 'lockMissing';
  return byLock ? times('completed', { finish: finishTime, result }) : undefined;
}

interface PhaseContext {
  readonly stage: string;
  readonly displayName: string;
  readonly parentId: string;
  readonly order: number;
  readonly url: string;
}

function phaseRecords(job: JobState, context: PhaseContext): readonly WireRecord[] {
  // The implicit stage is left out of identifiers (GLOSS-4).
  const identifier = context.stage === '__default' ? job.name : `${context.stage}.${job.name}`;
  const { attempt } = job;
  const record = node('Phase', { identifier, attempt, parentId: context.parentId, order: context.order });
  const own: WireRecord = { ...record, name: context.displayName, refName: job.name, ...jobTimes(job) };
  const jobs = job.instances.flatMap((instance, index) =>
    instanceRecords(instance, { ...context, parentId: own.id, identifier, attempt, order: index + 1 }),
  );
  return [own, ...jobs];
}

function jobTimes(job: JobState): Times {
  switch (job.phase) {
    case 'notStarted':
      return times('pending', {});
    case 'running':
      return times('inProgress', { start: job.startTime });
    case 'completed':
      return times('completed', { start: job.startTime, finish: job.finishTime, result: job.result });
  }
}

interface InstanceContext extends PhaseContext {
  readonly identifier: string;
  readonly attempt: number;
}

function instanceRecords(instance: InstanceState, context: InstanceContext): readonly WireRecord[] {
  const part = instance.hook ?? '__default';
  const identifier = `${context.identifier}.${part}`;
  const { attempt, parentId, order } = context;
  const suffix = instance.hook === undefined ? '' : ` (${instance.hook})`;
  const worker = 'lease' in instance ? (instance.lease?.agentName ?? null) : null;
  const own: WireRecord = {
    ...node('Job', { identifier, attempt, parentId, order }),
    name: `${context.displayName}${suffix}`,
    refName: part,
    workerName: worker,
    ...instanceTimes(instance),
    issues:
      'message' in instance && instance.message !== undefined
        ? [{ type: 'error', message: instance.message }]
        : [],
  };
  return [
    own,
    ...instance.steps.map((step) => taskRecord(step, { ...context, identifier, parentId: own.id }, worker)),
  ];
}

function instanceTimes(instance: InstanceState): Times {
  switch (instance.phase) {
    case 'queued':
      return times('pending', {});
    case 'running':
      return times('inProgress', { start: instance.startTime ?? instance.assignedAt });
    case 'completed':
      return times('completed', {
        start: instance.startTime,
        finish: instance.finishTime,
        result: instance.result,
      });
  }
}

function taskRecord(step: StepState, context: InstanceContext, workerName: string | null): WireRecord {
  const { identifier, attempt, parentId, url } = context;
  const state = { start: step.startTime, finish: step.finishTime, result: step.result };
  return {
    ...node('Task', { identifier: `${identifier}.${step.name}`, attempt, parentId, order: step.order }),
    name: step.displayName,
    refName: step.name,
    workerName,
    ...times(step.state, state),
    log: step.log === undefined ? null : { id: step.log, type: 'Container', url: `${url}/logs/${step.log}` },
    errorCount: step.errorCount,
    warningCount: step.warningCount,
    issues: step.issues,
  };
}

type Times = Pick<WireRecord, 'state' | 'result' | 'startTime' | 'finishTime' | 'percentComplete'>;

function times(
  state: WireRecord['state'],
  at: {
    readonly start?: Instant | undefined;
    readonly finish?: Instant | undefined;
    readonly result?: string | undefined;
  },
): Times {
  return {
    state,
    // The result is set only when completed (RES-2).
    result: state === 'completed' ? (at.result ?? null) : null,
    startTime: at.start === undefined ? null : wireTime(at.start),
    finishTime: at.finish === undefined ? null : wireTime(at.finish),
    percentComplete: state === 'completed' ? 100 : null,
  };
}

function node(
  type: RecordType,
  at: {
    readonly identifier: string;
    readonly attempt: number;
    readonly parentId: string | null;
    readonly order: number;
  },
): WireRecord {
  const { identifier, attempt, parentId, order } = at;
  // Instance name: the attempt is part of it above 1 (GLOSS-4).
  const id = recordGuid(attempt > 1 ? `${identifier}.${attempt}` : identifier);
  return {
    id,
    parentId,
    type,
    identifier,
    order,
    attempt,
    name: identifier,
    refName: identifier,
    ...times('pending', {}),
    previousAttempts: [],
    currentOperation: null,
    workerName: null,
    log: null,
    errorCount: 0,
    warningCount: 0,
    issues: [],
    changeId: order,
  };
}
