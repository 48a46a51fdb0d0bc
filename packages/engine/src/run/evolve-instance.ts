import type { Instant } from '@signalbox/model';
import type { RunEvent } from './events.ts';
import { partOf } from './instance-part.ts';
import type { InstanceKey, InstanceState, ServerTaskState, StepState } from './state.ts';

/** What happens to an instance that exists. */
export type ExistingInstanceEvent = Exclude<
  Extract<RunEvent, { readonly instance: InstanceKey }>,
  { readonly type: 'InstanceQueued' | 'ServerJobStarted' }
>;

/** An instance as it enters its pool's queue. */
export function evolveNewInstance({
  instance,
  pool,
  at,
}: Extract<RunEvent, { type: 'InstanceQueued' }>): InstanceState {
  return { ...partOf(instance), pool, readyAt: at, steps: [], outputs: {}, phase: 'queued' };
}

/** An instance as it begins to work on the server: in no pool, and in no queue (JOB-7). */
export function evolveServerInstance({
  instance,
  at,
}: Extract<RunEvent, { type: 'ServerJobStarted' }>): InstanceState {
  return {
    ...partOf(instance),
    pool: 0,
    readyAt: at,
    steps: [],
    outputs: {},
    phase: 'onServer',
    startTime: at,
  };
}

/** The instance after one more event; an event that does not fit changes nothing (INV-40). */
export function evolveInstance(instance: InstanceState, event: ExistingInstanceEvent): InstanceState {
  switch (event.type) {
    case 'InstanceAssigned':
      return assigned(instance, event);
    case 'InstanceStarted':
      return started(instance, event.at);
    case 'InstanceCancelRequested':
      return cancelRequested(instance, event);
    case 'StepReported':
      return stepReported(instance, event.step);
    case 'ServerTaskBegan':
      return taskBegan(instance, event.task);
    case 'OutputSet': {
      const { name, value, secret } = event;
      return { ...instance, outputs: { ...instance.outputs, [name]: { value, secret } } };
    }
    case 'InstanceCompleted':
      return instance.phase === 'completed' ? instance : completed(instance, event);
    case 'InstanceLeaseLost':
    case 'InstanceLeaseRegained':
    case 'InstanceLeaseClosed':
      return leaseChanged(instance, event);
  }
}

function assigned(
  instance: InstanceState,
  { lease, at }: Extract<RunEvent, { type: 'InstanceAssigned' }>,
): InstanceState {
  return instance.phase === 'queued' ? { ...instance, phase: 'running', lease, assignedAt: at } : instance;
}

function stepReported(instance: InstanceState, step: StepState): InstanceState {
  const steps = withStep(instance.steps, step);
  if (instance.phase !== 'onServer' || step.state !== 'completed') return { ...instance, steps };
  const { task: _over, ...rest } = instance;
  return { ...rest, steps };
}

function taskBegan(instance: InstanceState, task: ServerTaskState): InstanceState {
  return instance.phase === 'onServer' ? { ...instance, task } : instance;
}

function started(instance: InstanceState, at: Instant): InstanceState {
  if (instance.phase !== 'running' || instance.startTime !== undefined) return instance;
  return { ...instance, startTime: at };
}

type LeaseEvent = Extract<
  ExistingInstanceEvent,
  { readonly type: 'InstanceLeaseLost' | 'InstanceLeaseRegained' | 'InstanceLeaseClosed' }
>;

function leaseChanged(instance: InstanceState, event: LeaseEvent): InstanceState {
  if (!('lease' in instance) || instance.lease === undefined) return instance;
  const { lost: before, ...lease } = instance.lease;
  switch (event.type) {
    case 'InstanceLeaseLost': {
      const until = event.until === undefined ? {} : { until: event.until };
      return { ...instance, lease: { ...lease, lost: { since: event.at, ...until } } };
    }
    case 'InstanceLeaseRegained':
      return { ...instance, lease };
    case 'InstanceLeaseClosed': {
      const lost = event.lost ? { lost: before ?? { since: event.at } } : {};
      return { ...instance, lease: { ...lease, open: false, ...lost } };
    }
  }
}

function cancelRequested(
  instance: InstanceState,
  { at, deadline, timedOut, forced }: Extract<RunEvent, { type: 'InstanceCancelRequested' }>,
): InstanceState {
  if (instance.phase === 'completed') return instance;
  if (instance.cancel !== undefined && forced === undefined) return instance;
  const cancel = { at, deadline, ...(forced !== undefined && { forced }) };
  return instance.phase !== 'queued' && timedOut
    ? { ...instance, cancel, timedOut }
    : { ...instance, cancel };
}

function completed(
  instance: Exclude<InstanceState, { phase: 'completed' }>,
  { at, result, message }: Extract<RunEvent, { type: 'InstanceCompleted' }>,
): InstanceState {
  const { pool, readyAt, steps, outputs } = instance;
  const ran = instance.phase === 'running' ? instance : undefined;
  const startTime = instance.phase === 'queued' ? undefined : instance.startTime;
  return {
    ...partOf(instance),
    pool,
    readyAt,
    steps,
    outputs,
    phase: 'completed',
    result,
    ...(ran === undefined ? {} : { lease: ran.lease }),
    ...(startTime === undefined ? {} : { startTime }),
    finishTime: at,
    ...(message === undefined ? {} : { message }),
  };
}

/** The steps in their order, with one added or brought further; a completed step stays as it is (INV-40). */
function withStep(steps: readonly StepState[], step: StepState): readonly StepState[] {
  const old = steps.find((one) => one.order === step.order);
  if (old === undefined) return [...steps, step].toSorted((a, b) => a.order - b.order);
  return old.state === 'completed' ? steps : steps.map((one) => (one === old ? step : one));
}
