import { laneProblem } from './lock-lane.ts';
import { contradictionsOf } from './lock-policy-contradictions.ts';
import type { LockPolicy } from './lock-policy.ts';
import { spanProblem } from './lock-span.ts';

/** Why a policy is refused. The codes are stable: scripts match on them. */
export type PolicyProblemCode =
  | 'policy-setting'
  | 'policy-value'
  | 'policy-capacity'
  | 'policy-expected-limit'
  | 'policy-wait-timeout'
  | 'policy-hold-limit'
  | 'policy-lanes'
  | 'policy-contradiction';

/** What is wrong with a policy: one sentence, which also says what is allowed. */
export interface PolicyProblem {
  readonly code: PolicyProblemCode;
  /** The setting at fault. */
  readonly setting: string;
  readonly message: string;
}

/** The words of each setting that has words, the default first. */
export const POLICY_WORDS: {
  readonly [K in keyof LockPolicy as LockPolicy[K] extends string ? K : never]: readonly LockPolicy[K][];
} = {
  behavior: ['runLatest', 'sequential', 'branchRunLatest', 'parallel'],
  orderBy: ['arrival', 'runQueueTime'],
  supersede: ['onRelease', 'onArrival', 'onApproval'],
  slot: ['afterApproval', 'beforeApproval'],
  onWaitTimeout: ['skip', 'fail'],
  onHoldLimit: ['alert', 'cancel'],
  onFailure: ['release', 'hold'],
  cancel: ['asAzure', 'afterStage'],
  staleGuard: ['allow', 'warn', 'reject'],
};

/** Beyond it a capacity says nothing any more: this many is "unlimited" (CLASSIC-1). */
export const MAX_CAPACITY = 10_000;

/** Ten years of waiting. */
export const MAX_POLICY_MINUTES = 5_256_000;

/** The settings that are whole numbers: code, bounds (both included), and what the number is. */
export const POLICY_NUMBERS: {
  readonly [K in keyof LockPolicy as LockPolicy[K] extends number ? K : never]: {
    readonly code: PolicyProblemCode;
    readonly least: number;
    readonly most: number;
    readonly is: string;
  };
} = {
  capacity: {
    code: 'policy-capacity',
    least: 1,
    most: MAX_CAPACITY,
    is: 'The capacity of a lock is a whole number',
  },
  expectedLimitMinutes: {
    code: 'policy-expected-limit',
    least: 0,
    most: MAX_POLICY_MINUTES,
    is: 'The time for which a run that waits for a person holds younger ones back is a whole number of minutes',
  },
  holdLimitMinutes: {
    code: 'policy-hold-limit',
    least: 0,
    most: MAX_POLICY_MINUTES,
    is: 'The hold limit of a lock, 0 for none, is a whole number of minutes',
  },
  waitTimeoutMinutes: {
    code: 'policy-wait-timeout',
    least: 1,
    most: MAX_POLICY_MINUTES,
    is: 'The wait time-out of a lock is a whole number of minutes',
  },
};

/**
 * Everything that is wrong with a policy, wherever it comes from; empty when it may be used. An unknown
 * setting is refused, for ignored it would look obeyed.
 */
export function policyProblems(
  policy: Readonly<Record<keyof LockPolicy, unknown>>,
): readonly PolicyProblem[] {
  const ofSettings = Object.entries(policy).flatMap(([setting, value]) => {
    const problem = problemOf(setting, value);
    return problem === undefined ? [] : [{ setting, ...problem }];
  });
  return [...ofSettings, ...contradictionsOf(policy)];
}

function problemOf(setting: string, value: unknown): Omit<PolicyProblem, 'setting'> | undefined {
  if (isNumberSetting(setting)) {
    const { code, least, most, is } = POLICY_NUMBERS[setting];
    if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return undefined;
    return { code, message: `${is} from ${least} to ${most}.` };
  }
  if (setting === 'lanes') {
    const message = laneProblem(value);
    return message === undefined ? undefined : { code: 'policy-lanes', message };
  }
  if (setting === 'span') {
    const message = spanProblem(value);
    return message === undefined ? undefined : { code: 'policy-value', message };
  }
  if (!isWordSetting(setting)) {
    return { code: 'policy-setting', message: `A lock has no setting '${setting.slice(0, 60)}'.` };
  }
  const words: readonly unknown[] = POLICY_WORDS[setting];
  if (words.includes(value)) return undefined;
  return { code: 'policy-value', message: `'${setting}' of a lock is one of: ${words.join(', ')}.` };
}

function isNumberSetting(setting: string): setting is keyof typeof POLICY_NUMBERS {
  return Object.hasOwn(POLICY_NUMBERS, setting);
}

function isWordSetting(setting: string): setting is keyof typeof POLICY_WORDS {
  return Object.hasOwn(POLICY_WORDS, setting);
}
