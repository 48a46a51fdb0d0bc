import { fold, type Instant, type NodeResult } from '@signalbox/model';
import { runParent, stageParent } from './conditions.ts';
import { cancelTimeout, jobSettings, type Found, type JobSettings } from './job-settings.ts';
import { isShielded, shieldOf } from './protect.ts';
import type { InstanceCancel, InstanceKey, InstanceLease } from './state.ts';
import { placeOf, record, remind, stageView, tellPool, type Place, type Turn } from './turn.ts';

/**
 * After a clean-up budget the server waits this much longer for the agent's own report, so that what the
 * agent says about its steps is not lost to a race (CANCEL-8; the margin of RELIABILITY §5.4).
 */
const REPORT_MARGIN = 30_000;

/** The plan of an instance. */
export function planOf(turn: Turn, key: InstanceKey): Found {
  const stage = stageView(turn.view, key.stage);
  const job = stage.jobs.get(fold(key.job));
  if (job === undefined) throw new Error(`The plan has no job '${key.job}' in stage '${key.stage}'`);
  return { stage, job };
}

/** The settings of an instance, evaluated again from frozen inputs. */
export function settingsOf(turn: Turn, key: InstanceKey): JobSettings {
  return jobSettings(turn.state, turn.view, key, planOf(turn, key));
}

/** Puts an instance into the queue of its pool (JOB-1). */
export function queueInstance(turn: Turn, key: InstanceKey, settings: JobSettings): void {
  const { now: at, state } = turn;
  record(turn, { type: 'InstanceQueued', instance: key, pool: settings.pool.id, at });
  const place = placeOf(turn.state, key);
  if (place === undefined) return;
  const cancelTimeoutMs = cancelTimeout(settings);
  const { demands } = settings;
  tellPool(turn, place.instance, {
    type: 'JobReady',
    run: state.id,
    instance: key,
    demands,
    readyAt: at,
    cancelTimeoutMs,
    ...(isShielded(place.stage) && { protected: true }),
  });
  if (runParent(state) === 'canceling' || stageParent(place.stage) === 'canceling') boundWait(turn, place);
}

/** Nobody waits for an agent without end after a cancel (CANCEL-10, R16), but for those whom it does not reach yet (Q6). */
export function boundWait(turn: Turn, { key, stage, instance }: Place): void {
  if (instance.phase !== 'queued' || instance.cancel !== undefined || shieldOf(stage) !== undefined) return;
  const due = turn.now + cancelTimeout(settingsOf(turn, key));
  remind(turn, due, { type: 'CancelBudgetOver', instance: key, lease: 0 });
}

/** How an instance is to end: `timedOut`: it ran too long; `forced`: at once, without clean-up (CANCEL-13). */
export type CancelManner = 'asked' | 'timedOut' | 'forced';

/**
 * Asks for the end of an instance. One that waits is asked back from its pool, which answers whether an agent
 * has it; one that runs gets the budget for its clean-up (CANCEL-8, CANCEL-9, CANCEL-10), or none by force.
 */
export function cancelInstance(turn: Turn, { key, instance }: Place, manner: CancelManner): void {
  if (instance.phase === 'completed' || !goesBeyond(manner, instance.cancel)) return;
  const kill = manner === 'forced' ? ({ kill: true } as const) : {};
  const forced = manner === 'forced' ? ({ forced: true } as const) : {};
  const budgetMs = manner === 'forced' ? 0 : cancelTimeout(settingsOf(turn, key));
  const deadline = turn.now + budgetMs;
  const timedOut = manner === 'timedOut';
  record(turn, {
    type: 'InstanceCancelRequested',
    instance: key,
    at: turn.now,
    deadline,
    timedOut,
    ...forced,
  });
  if (instance.phase === 'onServer') {
    return remind(turn, deadline, { type: 'CancelBudgetOver', instance: key, lease: 0 });
  }
  const run = turn.state.id;
  if (instance.phase === 'queued') {
    tellPool(turn, instance, { type: 'JobWithdrawn', run, instance: key, ...kill });
    return;
  }
  const lease = instance.lease.token;
  tellPool(turn, instance, { type: 'JobCanceled', run, instance: key, lease, budgetMs, ...kill });
  remindOfBudget(turn, key, instance.lease, deadline);
}

/** A second request changes nothing (CANCEL-13), unless it is the first that takes the clean-up away. */
function goesBeyond(manner: CancelManner, before: InstanceCancel | undefined): boolean {
  return before === undefined || (manner === 'forced' && before.forced === undefined);
}

/** The pool gave the instance to an agent. If it was asked back meanwhile, its budget runs from here. */
export function assignInstance(turn: Turn, { key, instance }: Place, lease: InstanceLease): void {
  if (instance.phase !== 'queued') return;
  record(turn, { type: 'InstanceAssigned', instance: key, lease, at: turn.now });
  if (instance.cancel === undefined) return;
  const budgetMs = instance.cancel.forced ? 0 : cancelTimeout(settingsOf(turn, key));
  remindOfBudget(turn, key, lease, turn.now + budgetMs);
}

function remindOfBudget(turn: Turn, key: InstanceKey, lease: InstanceLease, deadline: Instant): void {
  remind(turn, deadline + REPORT_MARGIN, { type: 'CancelBudgetOver', instance: key, lease: lease.token });
}

/** The instance has come to its end. */
export function completeInstance(
  turn: Turn,
  { key, instance }: Place,
  result: NodeResult,
  message?: string,
): void {
  if (instance.phase === 'completed') return;
  record(turn, {
    type: 'InstanceCompleted',
    instance: key,
    at: turn.now,
    result,
    ...(message === undefined ? {} : { message }),
  });
}

/**
 * The result of an instance of which no report comes any more: Canceled if somebody asked for that;
 * past its time-out, or with its agent lost, it is Failed (CANCEL-8, TIME-1, JOB-6).
 */
export function resultWithoutReport({ instance }: Place): NodeResult {
  if (instance.phase === 'completed') return instance.result;
  const timedOut = instance.phase !== 'queued' && instance.timedOut === true;
  return instance.cancel !== undefined && !timedOut ? 'canceled' : 'failed';
}
