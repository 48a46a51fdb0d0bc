import type { CheckView, RunView } from '@signalbox/api';
import { run } from './runs.ts';
import type { Clock } from './stages.ts';
import { done, stage } from './stages.ts';

/** A check with everything that is not said filled in. */
export function check(part: Partial<CheckView> & { readonly id: string }): CheckView {
  return {
    suite: 'suite-1',
    name: 'Approval of production',
    kind: 'approval',
    category: 'preCheck',
    status: 'running',
    awaited: true,
    resource: { type: 'environment', id: '1', name: 'production' },
    text: 'Waits for approval of production by Ada Lovelace since 2026-11-22 09:50 UTC, times out at 2026-11-22 12:00 UTC; administrators of production may bypass it.',
    acts: [],
    ...part,
  };
}

/** Business hours that are closed. */
export const NIGHT: CheckView = check({
  id: 'c-hours',
  name: 'Business hours of production',
  kind: 'businessHours',
  category: 'dynamic',
  text: 'Waits for business hours of production since 2026-11-22 09:50 UTC until Mon 23 Nov 08:00 Europe/Berlin, times out at 2026-11-23 09:50 UTC; administrators of production may bypass it.',
  acts: ['bypass'],
});

/** A service that was asked three times. */
export const SERVICE: CheckView = check({
  id: 'c-rest',
  name: 'oldest run of production',
  kind: 'invoke',
  category: 'dynamic',
  log: 1_001_000,
  text: "Waits for REST check 'oldest run' of production since 2026-11-22 09:50 UTC, evaluation 3 failed: run 20261122.44 is older, the next is at 2026-11-22 10:05 UTC, times out at 2026-11-23 09:50 UTC; administrators of production may bypass it, contributors may run it again or put it off.",
  acts: ['bypass', 'rerun', 'defer'],
});

/** A run with checks of every state: one stage waits for a window and a service, one for a permission. */
export function checkedRun(clock: Clock): RunView {
  const passed = check({
    id: 'c-branch',
    name: 'Branch control of production',
    kind: 'branchControl',
    category: 'static',
    status: 'approved',
    awaited: false,
    text: 'Branch control of production passed at 2026-11-22 09:50 UTC.',
  });
  const later = check({
    id: 'c-later',
    category: 'postCheck',
    status: 'queued',
    awaited: false,
    text: 'Approval of production is to come: it begins when what stands before it has passed.',
  });
  const gate = check({
    id: 'c-gate',
    name: 'Permission of vault',
    kind: 'authorization',
    category: 'system',
    resource: { type: 'variablegroup', id: '4', name: 'vault' },
    text: 'Waits until somebody permits pipeline shop-web to use vault, since 2026-11-22 09:50 UTC, times out at 2026-12-22 09:50 UTC; administrators of vault can.',
    acts: ['permit'],
  });
  const waiting = { state: 'waiting', waitingSince: clock.at(140), dependsOn: ['Build'] } as const;
  return run({
    id: 51,
    queueTime: clock.at(280),
    startTime: clock.at(275),
    commitMessage: 'Round the prices',
    requestedFor: 'Grace Hopper',
    stages: [
      done('Build', clock, [270, 145]),
      stage({
        ...waiting,
        name: 'Deploy',
        displayName: 'Deploy production',
        checks: [passed, NIGHT, SERVICE, later],
      }),
      stage({ ...waiting, name: 'Secrets', displayName: 'Rotate the secrets', checks: [gate] }),
    ],
  });
}
