import type { JobPlan, Plan, StagePlan } from '@signalbox/model';
import type { RunEvent } from './events.ts';
import { begunCheckpoint, evolveCheckpoint, isCheckpointEvent } from './evolve-checkpoint.ts';
import { isSamePart } from './instance-part.ts';
import { evolveInstance, evolveNewInstance, evolveServerInstance } from './evolve-instance.ts';
import { reopenedRun, requestedStage, retriedRun } from './retry/evolve-retry.ts';
import type { InstanceKey, JobState, RunIdentity, RunState, StageState } from './state.ts';

/** A run as it is born: nothing has started (RUN-2). */
export function bornRun(identity: RunIdentity, plan: Plan): RunState {
  return { ...identity, status: 'notStarted', stages: plan.stages.map(bornStage) };
}

function bornStage({ name, jobs }: StagePlan): StageState {
  return { name, attempt: 1, phase: 'notStarted', jobs: jobs.map(bornJob) };
}

function bornJob({ name }: JobPlan): JobState {
  return { name, attempt: 1, phase: 'notStarted', instances: [] };
}

/** The run after one more event. Rows change only here; an event that does not fit changes nothing (INV-40). */
export function evolveRun(state: RunState, event: RunEvent): RunState {
  if ('instance' in event) return evolveInstanceOf(state, event);
  if ('job' in event) return onJob(state, event.stage, event.job, (job) => evolveJob(job, event));
  if (event.type === 'SpanBegan' || event.type === 'SpanEnded') return evolveSpan(state, event);
  if (event.type === 'StageRetried') return retriedRun(state, event);
  if ('stage' in event) return onStage(state, event.stage, (stage) => evolveStage(stage, event));
  return evolveWhole(state, event);
}

/** What is told of the run as a whole. */
function evolveWhole(
  state: RunState,
  event: Exclude<RunEvent, { readonly stage: string } | { readonly instance: InstanceKey }>,
): RunState {
  switch (event.type) {
    case 'RunCreated':
      return bornRun(event.identity, event.plan);
    case 'RunStarted':
      return { ...state, status: 'inProgress', startTime: event.at };
    case 'RunCancelRequested':
      return { ...state, status: 'cancelling', cancel: { at: event.at, by: event.by } };
    case 'RunCancelForced':
      return forcedRun(state, event);
    case 'RunReopened':
      return reopenedRun(state);
    case 'RunCompleted':
      return { ...state, status: 'completed', result: event.result, finishTime: event.at };
    case 'RunNumbered':
      return { ...state, number: event.number };
  }
}

function forcedRun(
  state: RunState,
  { at, by, reason }: Extract<RunEvent, { type: 'RunCancelForced' }>,
): RunState {
  return { ...state, status: 'cancelling', cancel: state.cancel ?? { at, by }, forced: { at, by, reason } };
}

/** A run holds one span at a time. */
function evolveSpan(
  state: RunState,
  event: Extract<RunEvent, { type: 'SpanBegan' | 'SpanEnded' }>,
): RunState {
  const { span: before, ...rest } = state;
  const { stage, attempt } = event;
  if (event.type === 'SpanBegan') return { ...rest, span: { stage, attempt, until: event.until } };
  return before?.stage === stage && before.attempt === attempt ? rest : state;
}

/** The run that a journal tells of; undefined for a journal without a birth. */
export function foldRun(journal: readonly RunEvent[]): RunState | undefined {
  let state: RunState | undefined;
  for (const event of journal) {
    if (event.type === 'RunCreated') state = bornRun(event.identity, event.plan);
    else if (state !== undefined) state = evolveRun(state, event);
  }
  return state;
}

type StageEvent = Exclude<
  Extract<RunEvent, { readonly stage: string }>,
  | { readonly job: string }
  | { readonly instance: InstanceKey }
  | { readonly type: 'SpanBegan' | 'SpanEnded' | 'StageRetried' }
>;

function evolveStage(stage: StageState, event: StageEvent): StageState {
  if (isCheckpointEvent(event)) return evolveCheckpoint(stage, event);
  switch (event.type) {
    case 'StageWaiting':
      return waitingStage(stage, event);
    case 'StageRequested':
      return requestedStage(stage, event);
    case 'StageStarted':
      return startedStage(stage, event);
    case 'StageHolderChanged':
    case 'StageLocksReleased':
      return heldStage(stage, event);
    case 'StageCancelDeferred':
    case 'StageCancelForced':
    case 'StageCancelling':
    case 'StageCompleted':
      return endingStage(stage, event);
  }
}

/** A stage that is to end, or has. */
function endingStage(
  stage: StageState,
  event: Extract<
    StageEvent,
    { type: 'StageCancelDeferred' | 'StageCancelForced' | 'StageCancelling' | 'StageCompleted' }
  >,
): StageState {
  if (event.type === 'StageCompleted')
    return stage.phase === 'completed' ? stage : completedStage(stage, event);
  return stage.phase === 'running' ? cancelledStage(stage, event) : stage;
}

function waitingStage(
  stage: StageState,
  { at: since, checks }: Extract<RunEvent, { type: 'StageWaiting' }>,
): StageState {
  if (stage.phase !== 'notStarted') return stage;
  return { ...keptOf(stage), jobs: stage.jobs, ...begunCheckpoint(checks), phase: 'waiting', since };
}

/** What a stage attempt keeps from phase to phase. */
function keptOf({
  name,
  attempt,
  requested,
  checkpoint,
}: StageState): Pick<StageState, 'name' | 'attempt' | 'requested' | 'checkpoint'> {
  return {
    name,
    attempt,
    ...(requested !== undefined && { requested }),
    ...(checkpoint !== undefined && { checkpoint }),
  };
}

function cancelledStage(
  stage: Extract<StageState, { phase: 'running' }>,
  event: Extract<RunEvent, { type: 'StageCancelDeferred' | 'StageCancelForced' | 'StageCancelling' }>,
): StageState {
  const { at, by } = event;
  switch (event.type) {
    case 'StageCancelDeferred':
      return { ...stage, cancelRequested: stage.cancelRequested ?? { at, by, of: event.of } };
    case 'StageCancelForced':
      return { ...stage, forced: { at, by, reason: event.reason } };
    case 'StageCancelling':
      return { ...stage, cancelling: true, canceledBy: by };
  }
}

function heldStage(
  stage: StageState,
  event: Extract<RunEvent, { type: 'StageHolderChanged' | 'StageLocksReleased' }>,
): StageState {
  if (event.type === 'StageLocksReleased')
    return stage.phase === 'completed' ? { ...stage, locks: 'released' } : stage;
  const { state, until } = event;
  if (stage.phase !== 'running' && stage.phase !== 'completed') return stage;
  const { holder: _holder, ...rest } = stage;
  return state === 'working' ? rest : { ...rest, holder: { state, ...(until !== undefined && { until }) } };
}

function startedStage(
  stage: StageState,
  { at: startTime, tokens, protectedBy, stale }: Extract<RunEvent, { type: 'StageStarted' }>,
): StageState {
  const { jobs, phase } = stage;
  if (phase !== 'notStarted' && phase !== 'waiting') return stage;
  const waitingSince = phase === 'waiting' ? stage.since : startTime;
  const started = { ...keptOf(stage), jobs, waitingSince, startTime, tokens, cancelling: false };
  return {
    ...started,
    phase: 'running',
    ...(protectedBy !== undefined && { protectedBy }),
    ...(stale !== undefined && { stale }),
  };
}

/** Jobs that never started are skipped with their stage (STG-3). What it held it keeps until told (LAW-8). */
function completedStage(
  stage: StageState,
  { at, result, reason }: Extract<RunEvent, { type: 'StageCompleted' }>,
): StageState {
  const tokens = stage.phase === 'running' ? stage.tokens : [];
  return {
    ...keptOf(stage),
    jobs: stage.jobs.map((job) =>
      job.phase === 'completed' ? job : completedJob(job, { at, result: 'skipped' }),
    ),
    phase: 'completed',
    result,
    ...(reason === undefined ? {} : { reason }),
    ...(stage.phase === 'running' ? { startTime: stage.startTime } : {}),
    finishTime: at,
    tokens,
    ...(stage.phase === 'running' && stage.stale !== undefined && { stale: stage.stale }),
    locks: tokens.length > 0 ? 'draining' : 'none',
    ...(stage.phase === 'running' && stage.holder !== undefined && { holder: stage.holder }),
  };
}

function evolveJob(
  job: JobState,
  event: Extract<RunEvent, { type: 'JobStarted' | 'JobCancelling' | 'JobCompleted' }>,
): JobState {
  const { name, attempt, instances } = job;
  switch (event.type) {
    case 'JobStarted':
      if (job.phase !== 'notStarted') return job;
      return {
        name,
        attempt,
        ...(event.expansion !== undefined && { expansion: event.expansion }),
        instances,
        phase: 'running',
        startTime: event.at,
        cancelling: false,
      };
    case 'JobCancelling':
      return job.phase === 'running' ? { ...job, cancelling: true } : job;
    case 'JobCompleted':
      return job.phase === 'completed' ? job : completedJob(job, event);
  }
}

function completedJob(
  job: JobState,
  { at, result, message }: Pick<Extract<RunEvent, { type: 'JobCompleted' }>, 'at' | 'result' | 'message'>,
): JobState {
  return {
    name: job.name,
    attempt: job.attempt,
    ...(job.expansion !== undefined && { expansion: job.expansion }),
    instances: job.instances,
    phase: 'completed',
    result,
    ...(job.phase === 'running' ? { startTime: job.startTime } : {}),
    finishTime: at,
    ...(message === undefined ? {} : { message }),
  };
}

type InstanceEvent = Extract<RunEvent, { readonly instance: InstanceKey }>;

function evolveInstanceOf(state: RunState, event: InstanceEvent): RunState {
  const { stage, job } = event.instance;
  return onJob(state, stage, job, (found) => {
    if (event.type === 'ServerJobStarted') {
      return { ...found, instances: [...found.instances, evolveServerInstance(event)] };
    }
    if (event.type === 'InstanceQueued') {
      return { ...found, instances: [...found.instances, evolveNewInstance(event)] };
    }
    return {
      ...found,
      instances: found.instances.map((one) =>
        isSamePart(one, event.instance) ? evolveInstance(one, event) : one,
      ),
    };
  });
}

function onStage(state: RunState, name: string, change: (stage: StageState) => StageState): RunState {
  return { ...state, stages: state.stages.map((stage) => (stage.name === name ? change(stage) : stage)) };
}

function onJob(state: RunState, stage: string, job: string, change: (job: JobState) => JobState): RunState {
  return onStage(state, stage, (found) => ({
    ...found,
    jobs: found.jobs.map((one) => (one.name === job ? change(one) : one)),
  }));
}
