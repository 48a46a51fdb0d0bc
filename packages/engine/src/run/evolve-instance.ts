import type { Instant } from '@signalbox/model';
import type { RunEvent } from './events.ts';
import type { InstanceKey, InstanceState, StepState } from './state.ts';

/** What happens to an instance that exists. */
export type ExistingInstanceEvent = Exclude<
  Extract<RunEvent, { readonly instance: InstanceKey }>,
  { readonly type: 'InstanceQueued' }
>;

/** An instance as it enters its pool's queue. */
export function evolveNewInstance({
  instance,
  pool,
  at,
}: Extract<RunEvent, { type: 'InstanceQueued' }>): InstanceState {
  const hook = instance.hook === undefined ? {} : { hook: instance.hook };
  return { ...hook, pool, readyAt: at, steps: [], outputs: {}, phase: 'queued' };
}

/** The instance after one more event; an event that does not fit changes nothing (INV-40). */
export function evolveInstance(instance: InstanceState, event: ExistingInstanceEvent): InstanceState {
  switch (event.type) {
    case 'InstanceAssigned':
      if (instance.phase !== 'queued') return instance;
      return { ...instance, phase: 'running', lease: event.lease, assignedAt: event.at };
    case 'InstanceStarted':
      return started(instance, event.at);
    case 'InstanceCancelRequested':
      return cancelRequested(instance, event);
    case 'StepReported':
      return { ...instance, steps: withStep(instance.steps, event.step) };
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

function started(instance: InstanceState, at: Instant): InstanceState {
  if (instance.phase !== 'running' || instance.startTime !== undefined) return instance;
  return { ...instance, startTime: at };
}

type LeaseEvent = Extract<
  ExistingInstanceEvent,
  { readonly type: 'InstanceLeaseLost' | 'InstanceLeaseRegained' | 'InstanceLeaseClosed' }
>;

function leaseChanged(instance: InstanceState, event: LeaseEvent): InstanceState {
  if (instance.phase === 'queued' || instance.lease === undefined) return instance;
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
  return instance.phase === 'running' && timedOut
    ? { ...instance, cancel, timedOut }
    : { ...instance, cancel };
}

function completed(
  instance: Exclude<InstanceState, { phase: 'completed' }>,
  { at, result, message }: Extract<RunEvent, { type: 'InstanceCompleted' }>,
): InstanceState {
  const { hook, pool, readyAt, steps, outputs } = instance;
  const ran = instance.phase === 'running' ? instance : undefined;
  return {
    ...(hook === undefined ? {} : { hook }),
    pool,
    readyAt,
    steps,
    outputs,
    phase: 'completed',
    result,
    ...(ran === undefined ? {} : { lease: ran.lease }),
    ...(ran?.startTime === undefined ? {} : { startTime: ran.startTime }),
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
