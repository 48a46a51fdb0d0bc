import type { RunView, StageView } from '@signalbox/api';
import type { Clock } from './stages.ts';
import { done, job, stage, step } from './stages.ts';

const PROJECT = { id: '6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c', name: 'Demo' };
const SHOP = { id: 1, name: 'shop-web' };
const BILLING = { id: 2, name: 'billing-api' };

/** A run with everything that is not said filled in. */
export function run(part: Partial<RunView> & { readonly id: number }): RunView {
  return {
    number: `20261122.${part.id}`,
    project: PROJECT,
    definition: SHOP,
    status: 'inProgress',
    reason: 'individualCI',
    branch: 'refs/heads/main',
    commit: '9f3c1e7ab2d44c0fa7e1d3b58c6f20914be7a0cd',
    commitMessage: 'Show the delivery date in the basket',
    requestedFor: 'Ada Lovelace',
    queueTime: '2026-11-22T08:00:00Z',
    stages: [],
    ...part,
  };
}

/** The runs of the sample page, newest first. */
export function sampleRuns(clock: Clock): readonly RunView[] {
  return [...youngRuns(clock), ...middleRuns(clock), ...oldRuns(clock)];
}

function waitingDeploy(clock: Clock, since: number): StageView {
  return stage({
    name: 'Deploy',
    displayName: 'Deploy production',
    dependsOn: ['Build'],
    state: 'waiting',
    waitingSince: clock.at(since),
  });
}

function youngRuns(clock: Clock): readonly RunView[] {
  return [
    run({
      id: 48,
      queueTime: clock.at(41),
      startTime: clock.at(38),
      commit: '41d09a6e55f24aa0b4d2d9d8a1a9cf3f3f7f0a11',
      commitMessage: 'Fix rounding of gift vouchers',
      requestedFor: 'Grace Hopper',
      stages: [
        stage({
          name: 'Build',
          state: 'running',
          startTime: clock.at(36),
          jobs: [
            job({
              name: 'build',
              displayName: 'Build and test',
              state: 'running',
              agent: 'agent-2',
              startTime: clock.at(36),
              steps: [
                step(1, 'Check out', clock, [36, 33], 1),
                step(2, 'npm ci', clock, [33, 18], 2),
                step(3, 'npm test', clock, [18, undefined], 3),
              ],
            }),
          ],
        }),
        stage({ name: 'Deploy', displayName: 'Deploy production', dependsOn: ['Build'] }),
      ],
    }),
    run({
      id: 47,
      definition: BILLING,
      queueTime: clock.at(155),
      startTime: clock.at(150),
      commit: 'c07aa2b94d5e4f67a3a7c9b1d15d1f6a2f3f8e22',
      commitMessage: 'Send invoices as structured data',
      requestedFor: 'Katherine Johnson',
      reason: 'manual',
      stages: [done('Build', clock, [150, 92]), waitingDeploy(clock, 91)],
    }),
    run({
      id: 46,
      queueTime: clock.at(322),
      startTime: clock.at(318),
      stages: [
        done('Build', clock, [318, 190]),
        done('Scan', clock, [188, 150], { dependsOn: ['Build'], result: 'succeededWithIssues' }),
        done('Test', clock, [188, 170], { dependsOn: ['Build'], displayName: 'Integration tests' }),
        { ...waitingDeploy(clock, 149), dependsOn: ['Scan', 'Test'] },
      ],
    }),
  ];
}

function middleRuns(clock: Clock): readonly RunView[] {
  return [
    run({
      id: 45,
      definition: BILLING,
      queueTime: clock.at(548),
      startTime: clock.at(540),
      commit: '7be1104ff04e4f3f9c2d6c1b8f4a5d3e2c1b0a99',
      commitMessage: 'Retry the payment provider with a pause',
      requestedFor: 'Katherine Johnson',
      stages: [
        done('Build', clock, [540, 480]),
        stage({
          name: 'Deploy',
          displayName: 'Deploy production',
          dependsOn: ['Build'],
          state: 'running',
          startTime: clock.at(192),
          tokens: [{ lock: 1, lockName: 'production', token: 41 }],
          jobs: [
            job({
              name: 'deploy',
              displayName: 'Deploy billing',
              hook: 'deploy',
              state: 'running',
              agent: 'agent-1',
              startTime: clock.at(190),
              steps: [
                step(1, 'Download the package', clock, [190, 171], 4),
                step(2, 'Migrate the database', clock, [171, 64], 5),
                {
                  ...step(3, 'Shift the traffic', clock, [64, undefined], 6),
                  issues: [{ type: 'warning', message: 'Instance 3 answers slowly (812 ms).' }],
                },
              ],
            }),
          ],
        }),
        stage({ name: 'Smoke', displayName: 'Smoke test', dependsOn: ['Deploy'] }),
      ],
    }),
    run({
      id: 44,
      queueTime: clock.at(760),
      startTime: clock.at(755),
      finishTime: clock.at(322),
      status: 'completed',
      result: 'canceled',
      commit: '3a5b7c9d1e2f40618293a4b5c6d7e8f901234567',
      commitMessage: 'Larger pictures on the product page',
      requestedFor: 'Grace Hopper',
      stages: [
        done('Build', clock, [755, 600]),
        stage({
          name: 'Deploy',
          displayName: 'Deploy production',
          dependsOn: ['Build'],
          state: 'completed',
          result: 'skipped',
          finishTime: clock.at(322),
          reason: { kind: 'superseded', byRun: 46, lock: 'production' },
        }),
      ],
    }),
  ];
}

function oldRuns(clock: Clock): readonly RunView[] {
  return [
    run({
      id: 43,
      branch: 'refs/heads/feature/express-checkout',
      queueTime: clock.at(1500),
      startTime: clock.at(1490),
      finishTime: clock.at(1350),
      status: 'completed',
      result: 'failed',
      commit: 'e1d2c3b4a5968778695a4b3c2d1e0f9a8b7c6d5e',
      commitMessage: 'Pay with one click',
      requestedFor: 'Annie Easley',
      stages: [
        done('Build', clock, [1490, 1350], { result: 'failed' }),
        stage({
          name: 'Deploy',
          displayName: 'Deploy production',
          dependsOn: ['Build'],
          state: 'completed',
          result: 'skipped',
          reason: { kind: 'conditionFalse', condition: 'succeeded()' },
        }),
      ],
    }),
    run({
      id: 42,
      definition: BILLING,
      queueTime: clock.at(3400),
      startTime: clock.at(3395),
      finishTime: clock.at(2900),
      status: 'completed',
      result: 'succeeded',
      reason: 'schedule',
      commitMessage: 'Nightly rates',
      requestedFor: 'Schedule',
      stages: [
        done('Build', clock, [3395, 3330]),
        done('Deploy', clock, [3330, 2960], { displayName: 'Deploy production', dependsOn: ['Build'] }),
        done('Smoke', clock, [2960, 2900], { displayName: 'Smoke test', dependsOn: ['Deploy'] }),
      ],
    }),
  ];
}
