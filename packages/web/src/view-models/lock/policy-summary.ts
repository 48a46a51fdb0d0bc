import type { LockPolicy } from '@signalbox/model';
import { minutes } from '@signalbox/model';
import { branchName } from '../names.ts';
import { policyWords } from '../policy.ts';
import { roughly } from '../time.ts';

/** Everything that a policy will do, in plain sentences; the first says the most. */
export function policySummary(policy: LockPolicy): readonly string[] {
  return [
    policyWords(policy).full,
    ...superseding(policy),
    ...order(policy),
    ...spanning(policy),
    ...holding(policy),
    ...guarding(policy),
  ];
}

function superseding({ behavior, supersede }: LockPolicy): readonly string[] {
  if (behavior === 'sequential' || behavior === 'parallel') return [];
  const when = {
    onRelease: 'when the lock comes free',
    onArrival: 'as soon as a newer one arrives',
    onApproval: 'as soon as a newer one is approved, also while they wait for their own approval',
  }[supersede];
  return [`Older runs give way ${when}; a stage whose YAML says lockBehavior: sequential never does.`];
}

function order({ orderBy, expectedLimitMinutes, lanes }: LockPolicy): readonly string[] {
  const waits =
    orderBy === 'runQueueTime'
      ? [
          `A run waits for older runs that have not come so far; one that waits for a person holds the others back for ${span(expectedLimitMinutes)} at most.`,
        ]
      : [];
  const ahead = lanes.map(
    ({ name, branches, headStartMinutes }) =>
      `Lane ${name}: runs of ${branches.map(branchName).join(', ')} wait as if they had come ${span(headStartMinutes)} earlier.`,
  );
  return [...waits, ...ahead];
}

function spanning({ span: length, slot }: LockPolicy): readonly string[] {
  const taken =
    slot === 'beforeApproval'
      ? ['The place is taken before anybody is asked for approval, as classic releases do.']
      : [];
  if (length === 'stage') return taken;
  if (length === 'run') return ['A run keeps the lock until it is over.', ...taken];
  const through = Object.entries(length.through).map(([pipeline, stage]) => `${stage} of ${pipeline}`);
  return [`A run keeps the lock until ${through.join(', or ')} is over.`, ...taken];
}

function holding({ holdLimitMinutes, onHoldLimit, onFailure }: LockPolicy): readonly string[] {
  const limit =
    holdLimitMinutes === 0
      ? []
      : [
          onHoldLimit === 'alert'
            ? `Whoever holds it longer than ${span(holdLimitMinutes)} is reported.`
            : `Whoever holds it longer than ${span(holdLimitMinutes)} is cancelled, clean-up included.`,
        ];
  return onFailure === 'hold'
    ? [...limit, 'After a failure the lock stays closed until somebody acknowledges it.']
    : limit;
}

function guarding({ cancel, staleGuard }: LockPolicy): readonly string[] {
  const guard = {
    allow: [],
    warn: ['A stage whose commit is older than what was last deployed is marked with a warning.'],
    reject: ['A stage whose commit is older than what was last deployed fails.'],
  }[staleGuard];
  return cancel === 'afterStage'
    ? ['A cancel waits until the stage that holds the lock is over; only force goes through.', ...guard]
    : guard;
}

function span(count: number): string {
  return roughly(minutes(count));
}
