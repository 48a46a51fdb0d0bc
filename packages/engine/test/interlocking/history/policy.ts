import {
  DEFAULT_LOCK_POLICY,
  type CancelTime,
  type LockBehavior,
  type LockPolicy,
  type LockSpan,
  type SupersedeTime,
} from '@signalbox/model';
import fc from 'fast-check';

/** The policies with which the locks of a history begin. */
export function policies(count: number): fc.Arbitrary<readonly LockPolicy[]> {
  return fc.noBias(fc.array(fc.nat(9999).map(policyOf), { minLength: count, maxLength: count }));
}

/** A policy for each number; every value of every setting occurs. */
export function policyOf(vary: number): LockPolicy {
  const pick = <T>(list: readonly [T, ...T[]], by: number): T =>
    list[Math.floor(vary / by) % list.length] ?? list[0];
  const cancel = pick<CancelTime>(['asAzure', 'asAzure', 'afterStage'], 13);
  const supersede = pick<SupersedeTime>(['onRelease', 'onApproval', 'onArrival'], 32);
  return {
    ...DEFAULT_LOCK_POLICY,
    capacity: pick([1, 1, 2, 3], 1),
    behavior: pick(BEHAVIORS, 4),
    orderBy: pick(['arrival', 'runQueueTime'], 16),
    supersede,
    span: pick(SPANS, 17),
    slot: supersede === 'onApproval' ? 'afterApproval' : pick(['afterApproval', 'beforeApproval'], 13),
    waitTimeoutMinutes: pick([43_200, 5, 12], 96),
    onWaitTimeout: pick(['skip', 'fail'], 288),
    expectedLimitMinutes: pick([1440, 3, 0], 576),
    lanes: pick([[], LANES], 11),
    onFailure: pick(['release', 'hold'], 3),
    holdLimitMinutes: pick([0, 0, 6], 5),
    // A hold limit cannot cancel a holder that no cancel reaches.
    onHoldLimit: cancel === 'afterStage' ? 'alert' : pick(['alert', 'cancel'], 7),
    cancel,
    staleGuard: pick(['allow', 'reject', 'warn'], 13),
  };
}

const SPANS: readonly [LockSpan, ...LockSpan[]] = [
  'stage',
  'run',
  'stage',
  { through: { P1: 'Test', P2: 'smoke' } },
  { through: { P1: 'smoke', P3: 'deploy' } },
];

/** What a stage or a lock may say. */
export const BEHAVIORS = [
  'runLatest',
  'sequential',
  'branchRunLatest',
  'parallel',
] as const satisfies LockBehavior[];

const LANES = [
  { name: 'fast', branches: ['feat*'], headStartMinutes: 4 },
  { name: 'slow', branches: ['main'], headStartMinutes: 1 },
];
