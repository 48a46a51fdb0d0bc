import type { WireRecord } from '@signalbox/api';
import {
  instanceDisplayName,
  jobPath,
  legOfJob,
  legsLeft,
  partName,
  pendingCancelOf,
  phaseName,
  type InstanceState,
  type JobState,
  type RunState,
  type StageState,
} from '@signalbox/engine';
import { fold, type Plan, type StagePlan } from '@signalbox/model';
import { checkpointRecords } from './checkpoint-records.ts';
import { previousAttempts, previousJobAttempts } from './earlier-attempts.ts';
import { pendingCancelText } from './pending-cancel.ts';
import { node, times, type Times } from './record.ts';
import { stepRecords } from './step-records.ts';

/** The records of a run: Stage › Phase › Job › Task, and Stage › Checkpoint › its checks (RES-4). */
export function timelineRecords(run: RunState, plan: Plan, url: string): readonly WireRecord[] {
  return run.stages.flatMap((stage) => attemptRecords(stage, { run, plan, url }));
}

/** The records of one attempt of a stage (RETRY-8). */
export function attemptRecords(
  stage: StageState,
  { run, plan, url }: { readonly run: RunState; readonly plan: Plan; readonly url: string },
): readonly WireRecord[] {
  const index = run.stages.findIndex(({ name }) => name === stage.name);
  const planned = plan.stages.find((one) => fold(one.name) === fold(stage.name));
  const context = { order: index + 1, url, run, stages: run.stages.length };
  return planned === undefined ? [] : stageRecords(stage, { planned, ...context });
}

interface StageContext {
  readonly planned: StagePlan;
  readonly order: number;
  readonly url: string;
  readonly run: RunState;
  readonly stages: number;
}

function stageRecords(stage: StageState, context: StageContext): readonly WireRecord[] {
  const { planned, order, url, run, stages } = context;
  const record = node('Stage', { identifier: stage.name, attempt: stage.attempt, parentId: null, order });
  const own: WireRecord = {
    ...record,
    name: planned.displayName,
    refName: stage.name,
    previousAttempts: previousAttempts(run, stage),
    ...stageTimes(stage),
    ...pendingIn(stage, planned),
  };
  const phases = stage.jobs.flatMap((job, index) => {
    const displayName =
      planned.jobs.find((one) => fold(one.name) === fold(job.name))?.displayName ?? job.name;
    return phaseRecords(job, { run, stage, displayName, parentId: own.id, order: index + 1, url });
  });
  return [own, ...checkpointRecords(stage, { parent: own, run, url, place: order - 1, stages }), ...phases];
}

/** A cancel that waits for the end of a protected stage is shown by those who only know Azure, too (Q6). */
function pendingIn(
  stage: StageState,
  { displayName }: StagePlan,
): Partial<Pick<WireRecord, 'currentOperation'>> {
  const cancel = pendingCancelOf(stage);
  return cancel === undefined ? {} : { currentOperation: pendingCancelText(displayName, cancel) };
}

// A waiting stage stays `pending` while its lock's record says why (STG-11).
function stageTimes(stage: StageState): Times {
  switch (stage.phase) {
    case 'notStarted':
    case 'waiting':
      return times('pending', {});
    case 'running':
      // Its jobs are over and a person is asked: it is no further than one that waits (CLASSIC-13).
      return times(stage.jobsOver === undefined ? 'inProgress' : 'pending', { start: stage.startTime });
    case 'completed':
      return times('completed', { start: stage.startTime, finish: stage.finishTime, result: stage.result });
  }
}

interface PhaseContext {
  readonly run: RunState;
  readonly stage: StageState;
  readonly displayName: string;
  readonly parentId: string;
  readonly order: number;
  readonly url: string;
}

function phaseRecords(job: JobState, context: PhaseContext): readonly WireRecord[] {
  const { run, stage } = context;
  const identifier = jobPath({ stage: stage.name, job: job.name });
  const { attempt } = job;
  const earlier = previousJobAttempts(run, stage, { name: job.name, attempt, identifier });
  const record = node('Phase', { identifier, attempt, parentId: context.parentId, order: context.order });
  const own: WireRecord = {
    ...record,
    name: context.displayName,
    refName: phaseName(job.name),
    previousAttempts: earlier,
    ...jobTimes(job),
  };
  const jobs = job.instances.flatMap((instance, index) => {
    const displayName = instanceDisplayName(context.displayName, legOfJob(job, instance));
    return instanceRecords(instance, {
      ...context,
      displayName,
      parentId: own.id,
      identifier,
      attempt,
      order: index + 1,
    });
  });
  const left = legsLeft(job).map((leg, index) => ({
    ...node('Job', {
      identifier: `${identifier}.${leg}`,
      attempt,
      parentId: own.id,
      order: job.instances.length + index + 1,
    }),
    name: instanceDisplayName(context.displayName, legOfJob(job, { leg })),
    refName: leg,
    ...times('pending', {}),
  }));
  return [own, ...jobs, ...left];
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
  const part = partName(instance);
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
    ...instance.steps.flatMap((step) =>
      stepRecords(step, { ...context, identifier, parentId: own.id, workerName: worker }),
    ),
  ];
}

function instanceTimes(instance: InstanceState): Times {
  switch (instance.phase) {
    case 'queued':
      return times('pending', {});
    case 'onServer':
      return times('inProgress', { start: instance.startTime });
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
