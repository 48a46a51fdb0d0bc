import type { LockPolicy } from './lock-policy.ts';

/** Two settings that cannot both be meant. */
interface Contradiction {
  readonly code: 'policy-contradiction';
  /** The setting at fault: the one that would not be obeyed. */
  readonly setting: keyof LockPolicy;
  readonly message: string;
}

/** What contradicts what: the values that must not come together, the setting at fault, and how to mend it. */
const CONTRADICTIONS: readonly {
  readonly values: Partial<LockPolicy>;
  readonly setting: keyof LockPolicy;
  readonly message: string;
}[] = [
  {
    values: { supersede: 'onApproval', slot: 'beforeApproval' },
    setting: 'supersede',
    message:
      "'supersede: onApproval' looks at those who wait for their approval, but with 'slot: beforeApproval' they are asked only in the slot; use 'supersede: onRelease' or 'slot: afterApproval'.",
  },
  {
    values: { onHoldLimit: 'cancel', cancel: 'afterStage' },
    setting: 'onHoldLimit',
    message:
      "'onHoldLimit: cancel' cannot end a stage that 'cancel: afterStage' protects; use 'onHoldLimit: alert' or 'cancel: asAzure'.",
  },
];

/** Every pair of settings of the policy that exclude each other (QUEUEING §2, `policy-contradiction`). */
export function contradictionsOf(
  policy: Readonly<Record<keyof LockPolicy, unknown>>,
): readonly Contradiction[] {
  return CONTRADICTIONS.filter(({ values }) =>
    Object.entries(values).every(([setting, value]) => policy[setting as keyof LockPolicy] === value),
  ).map(({ setting, message }) => ({ code: 'policy-contradiction', setting, message }));
}
