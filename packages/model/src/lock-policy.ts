import type { Millis } from './ids.ts';
import type { Lane } from './lock-lane.ts';
import type { LockSpan } from './lock-span.ts';

/** How a lock treats those who wait (LOCK-4, LOCK-64). */
export type LockBehavior = 'runLatest' | 'sequential' | 'branchRunLatest' | 'parallel';

/** The order among those who wait (QUEUEING §2). */
export type LockOrder = 'arrival' | 'runQueueTime';

/** When `runLatest` cancels older waiters (LOCK-61); `onApproval`: also those that wait for their approval (Q3). */
export type SupersedeTime = 'onRelease' | 'onArrival' | 'onApproval';

/**
 * When a stage with approvals takes its slot: when it has them, or before anybody is asked, as classic releases do
 * (CLASSIC-3, LOCK-66).
 */
export type SlotTime = 'afterApproval' | 'beforeApproval';

/** What a wait time-out does to the stage: both make the run fail (LOCK-42, GAP-9). */
export type OnWaitTimeout = 'skip' | 'fail';

/** What becomes of a lock whose stage failed: free, or kept until a person has seen to it. */
export type OnFailure = 'release' | 'hold';

/** What a hold limit does: it is reported, or the stage is cancelled, clean-up included. */
export type OnHoldLimit = 'alert' | 'cancel';

/** When a cancel reaches a stage that holds the lock: as on Azure, or when the stage is over (Q6, U8). */
export type CancelTime = 'asAzure' | 'afterStage';
/**
 * What becomes of a stage whose commit is older than what its pipeline last deployed behind the lock: nothing, a
 * warning, or it fails (LOCK-67).
 */
export type StaleGuard = 'allow' | 'warn' | 'reject';

/** The settings of one lock; the defaults are Azure's behaviour (QUEUEING §2). */
export interface LockPolicy {
  /** How many may hold the lock at once; at least 1 (LOCK-70). */
  readonly capacity: number;
  /** Used where the YAML is silent (LOCK-8). */
  readonly behavior: LockBehavior;
  readonly orderBy: LockOrder;
  /** How long an older run that waits for a person may hold younger ones back (LOCK-63). */
  readonly expectedLimitMinutes: number;
  readonly supersede: SupersedeTime;
  /** How long a grant lasts: for one stage, or for several as one (LOCK-65). */
  readonly span: LockSpan;
  /** Of several locks of one stage, `beforeApproval` of one counts for all: they are granted together (LAW-9). */
  readonly slot: SlotTime;
  /** Limits waiting only, counted from the request (LOCK-40). */
  readonly waitTimeoutMinutes: number;
  readonly onWaitTimeout: OnWaitTimeout;
  /** How long a holder may hold before `onHoldLimit`; 0: as long as it likes. The lock is never taken from it. */
  readonly holdLimitMinutes: number;
  readonly onHoldLimit: OnHoldLimit;
  readonly onFailure: OnFailure;
  /** `afterStage` protects the holder: a cancel waits until its stage is over; only force goes through (Q6). */
  readonly cancel: CancelTime;
  readonly staleGuard: StaleGuard;
  /** Who waits as if it had come earlier; none: all are equal. */
  readonly lanes: readonly Lane[];
}

/** Azure's behaviour: one holder, latest wins, first come first served, 30 days (LOCK-30, LOCK-40). */
export const DEFAULT_LOCK_POLICY: LockPolicy = {
  capacity: 1,
  behavior: 'runLatest',
  orderBy: 'arrival',
  expectedLimitMinutes: 1440,
  supersede: 'onRelease',
  span: 'stage',
  slot: 'afterApproval',
  waitTimeoutMinutes: 43_200,
  onWaitTimeout: 'skip',
  holdLimitMinutes: 0,
  onHoldLimit: 'alert',
  onFailure: 'release',
  cancel: 'asAzure',
  staleGuard: 'allow',
  lanes: [],
};

/** A policy from before a setting was known: what it lacks has its default. */
export function completePolicy(policy: Partial<LockPolicy>): LockPolicy {
  return { ...DEFAULT_LOCK_POLICY, ...policy };
}

/** Minutes as milliseconds. */
export function minutes(count: number): Millis {
  return count * 60_000;
}
