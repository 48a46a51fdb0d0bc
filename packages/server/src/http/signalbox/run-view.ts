import type { EarlierAttemptView, JobView, RunView, StageView, StepView } from '@signalbox/api';
import {
  earlierAttempts,
  instanceDisplayName,
  legOfJob,
  legsLeft,
  partOf,
  stageActs,
  type CompletedStage,
  type InstancePart,
  type InstanceState,
  type JobState,
  type RunState,
  type StageState,
} from '@signalbox/engine';
import { fold, type JobPlan, type Plan, type StagePlan } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import { wireTime } from '../shape/common.ts';
import type { CheckPowers } from './check-powers.ts';
import { checkViews } from './check-view.ts';
import { openApprovals } from './open-approvals.ts';

/** Whose run it is, and for whom it is shown. */
export interface RunViewContext {
  readonly project: ProjectRow;
  readonly plan: Plan;
  /** What the reader may do about its checks. */
  readonly powers: CheckPowers;
}

/** A run with its stages, for pages and terminals. */
export function runView(run: RunState, { project, plan, powers }: RunViewContext): RunView {
  const acts = stageActs(run, plan);
  return {
    id: run.id,
    number: run.number,
    project: { id: project.guid, name: project.name },
    definition: { id: run.definition.id, name: run.definition.name },
    status: run.status,
    ...(run.result !== undefined && { result: run.result }),
    reason: run.reason,
    branch: run.branch,
    commit: run.commit,
    ...(run.commitMessage !== undefined && { commitMessage: run.commitMessage }),
    requestedFor: run.requestedFor,
    queueTime: wireTime(run.queueTime),
    ...(run.startTime !== undefined && { startTime: wireTime(run.startTime) }),
    ...(run.finishTime !== undefined && { finishTime: wireTime(run.finishTime) }),
    ...(run.cancel !== undefined && { cancelRequestedBy: run.cancel.by }),
    ...(run.forced !== undefined && { forced: forcedView(run.forced) }),
    stages: run.stages.flatMap((stage) => {
      const planned = plan.stages.find((one) => fold(one.name) === fold(stage.name));
      if (planned === undefined) return [];
      const can = acts.get(stage.name) ?? [];
      const approvals = openApprovals(run, stage);
      const checks = checkViews(run, stage, powers);
      return [
        {
          ...stageView(stage, planned, run.status === 'cancelling'),
          ...attemptsView(run, stage, planned),
          ...(can.length > 0 && { acts: can }),
          ...(approvals.length > 0 && { approvals }),
          ...(checks.length > 0 && { checks }),
        },
      ];
    }),
  };
}

function stageView(stage: StageState, planned: StagePlan, runCancelling: boolean): StageView {
  return {
    name: planned.name,
    displayName: planned.displayName,
    attempt: stage.attempt,
    dependsOn: planned.dependsOn,
    cancelling: stage.phase === 'running' ? stage.cancelling : runCancelling && stage.phase === 'waiting',
    ...cancelView(stage),
    ...staleView(stage),
    ...stagePhase(stage),
    jobs: jobsView(stage.jobs, planned),
  };
}

/** The attempts before, and who asked for this one (RETRY-8). */
function attemptsView(
  run: RunState,
  { name, requested }: StageState,
  planned: StagePlan,
): Pick<StageView, 'previousAttempts' | 'requestedBy'> {
  const earlier = earlierAttempts(run, name);
  return {
    ...(earlier.length > 0 && { previousAttempts: earlier.map((stage) => earlierView(stage, planned)) }),
    ...(requested !== undefined && { requestedBy: requested.by }),
  };
}

function earlierView(
  { attempt, result, reason, startTime, finishTime, jobs }: CompletedStage,
  planned: StagePlan,
): EarlierAttemptView {
  return {
    attempt,
    result,
    ...(reason !== undefined && { reason }),
    ...(startTime !== undefined && { startTime: wireTime(startTime) }),
    finishTime: wireTime(finishTime),
    jobs: jobsView(jobs, planned),
  };
}

function jobsView(jobs: readonly JobState[], planned: StagePlan): readonly JobView[] {
  return jobs.flatMap((job) => {
    const plan = planned.jobs.find((one) => fold(one.name) === fold(job.name));
    return plan === undefined ? [] : jobViews(job, plan);
  });
}

/** What was deployed before it that is newer, where its locks only warn of that (LOCK-67). */
function staleView(stage: StageState): Pick<StageView, 'stale'> {
  const stale = 'stale' in stage ? stage.stale : undefined;
  return stale === undefined ? {} : { stale };
}

/** What keeps a cancel from a stage, what went past that, and how the holder of its locks is doing (Q6, LAW-8). */
function cancelView(
  stage: StageState,
): Pick<StageView, 'protectedBy' | 'cancelPending' | 'forced' | 'holder'> {
  if (stage.phase !== 'running') return stage.phase === 'completed' ? holderView(stage) : {};
  const { protectedBy, cancelRequested, cancelling, forced } = stage;
  const pending = cancelling ? undefined : cancelRequested;
  return {
    ...(protectedBy !== undefined && { protectedBy: protectedBy.map(({ lockName }) => lockName) }),
    ...(pending !== undefined && { cancelPending: { ...pending, at: wireTime(pending.at) } }),
    ...(forced !== undefined && { forced: forcedView(forced) }),
    ...holderView(stage),
  };
}

function forcedView({ at, by, reason }: NonNullable<RunState['forced']>): NonNullable<RunView['forced']> {
  return { at: wireTime(at), by, reason };
}

function holderView(
  stage: Extract<StageState, { phase: 'running' | 'completed' }>,
): Pick<StageView, 'holder'> {
  const { holder } = stage;
  const isOver = stage.phase === 'completed' && stage.locks !== 'draining';
  if (holder === undefined || holder.state === 'working' || isOver) return {};
  const { state, until } = holder;
  return { holder: { state, ...(until !== undefined && { until: wireTime(until) }) } };
}

type StagePhase = Pick<
  StageView,
  'state' | 'result' | 'reason' | 'waitingSince' | 'startTime' | 'finishTime' | 'tokens'
>;

function stagePhase(stage: StageState): StagePhase {
  switch (stage.phase) {
    case 'notStarted':
      return { state: 'notStarted', tokens: [] };
    case 'waiting':
      return { state: 'waiting', waitingSince: wireTime(stage.since), tokens: [] };
    case 'running':
      return {
        state: 'running',
        waitingSince: wireTime(stage.waitingSince),
        startTime: wireTime(stage.startTime),
        tokens: stage.tokens,
      };
    case 'completed':
      return {
        state: stage.locks === 'draining' ? 'draining' : 'completed',
        result: stage.result,
        ...(stage.reason !== undefined && { reason: stage.reason }),
        ...(stage.startTime !== undefined && { startTime: wireTime(stage.startTime) }),
        finishTime: wireTime(stage.finishTime),
        tokens: stage.tokens,
      };
  }
}

/**
 * One view per leg or slice, whether it was reached or not, and per hook that was reached; a job that was not reached
 * yet is one view, too.
 */
function jobViews(job: JobState, plan: JobPlan): readonly JobView[] {
  const common = { name: plan.name, attempt: job.attempt };
  const nameOf = (part: InstancePart): string => instanceDisplayName(plan.displayName, legOfJob(job, part));
  const waiting: JobView = { ...common, displayName: plan.displayName, state: 'notStarted', steps: [] };
  if (job.instances.length > 0) {
    const begun = job.instances.map((instance) => ({
      ...common,
      displayName: nameOf(instance),
      ...instanceView(instance),
    }));
    const left = legsLeft(job).map((leg) => ({ ...waiting, displayName: nameOf({ leg }), leg }));
    return [...begun, ...left];
  }
  if (job.phase !== 'completed') return [waiting];
  return [
    {
      ...waiting,
      state: 'completed',
      result: job.result,
      ...(job.message !== undefined && { message: job.message }),
      ...(job.startTime !== undefined && { startTime: wireTime(job.startTime) }),
      finishTime: wireTime(job.finishTime),
    },
  ];
}

function instanceView(instance: InstanceState): Omit<JobView, 'name' | 'displayName' | 'attempt'> {
  const lease = instance.phase === 'queued' ? undefined : instance.lease;
  const startTime = instance.phase === 'queued' ? undefined : instance.startTime;
  const over = instance.phase === 'completed' ? instance : undefined;
  return {
    ...partOf(instance),
    state: instance.phase === 'onServer' ? 'running' : instance.phase,
    ...(over !== undefined && { result: over.result, finishTime: wireTime(over.finishTime) }),
    ...(over?.message !== undefined && { message: over.message }),
    ...(lease !== undefined && { agent: lease.agentName }),
    ...(startTime !== undefined && { startTime: wireTime(startTime) }),
    steps: instance.steps.map(stepView),
  };
}

function stepView(step: InstanceState['steps'][number]): StepView {
  return {
    order: step.order,
    name: step.name,
    displayName: step.displayName,
    state: step.state,
    ...(step.result !== undefined && { result: step.result }),
    startTime: wireTime(step.startTime),
    ...(step.finishTime !== undefined && { finishTime: wireTime(step.finishTime) }),
    ...(step.log !== undefined && { log: step.log }),
    issues: step.issues,
    ...(step.state === 'inProgress' && progressOf(step)),
  };
}

function progressOf({ percent, operation }: InstanceState['steps'][number]): Partial<StepView> {
  return { ...(percent !== undefined && { percent }), ...(operation !== undefined && { operation }) };
}
