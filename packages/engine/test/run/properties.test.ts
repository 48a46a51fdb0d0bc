import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldRun, type CheckAct, type RunMessage } from '@signalbox/engine';
import { brokenApprovals } from './check-laws.ts';
import { OneRun } from './one-run.ts';
import type { ShortChecks } from './short-checks.ts';
import type { ShortJob, ShortPlan, ShortStage } from './short-plan.ts';
import { World } from './world.ts';

const CONDITIONS = [
  undefined,
  undefined,
  'always()',
  'failed()',
  'canceled()',
  'succeededOrFailed()',
  'not(canceled())',
  'false',
  "eq(variables['Build.Reason'], 'Manual')",
  "gt(1, 'x')",
] as const;

const RESULTS = ['succeeded', 'succeeded', 'succeededWithIssues', 'failed', 'canceled'] as const;

interface Node {
  readonly after: readonly number[];
  readonly condition: (typeof CONDITIONS)[number];
}

const node = fc.record({
  after: fc.array(fc.nat(5), { maxLength: 2 }),
  condition: fc.constantFrom(...CONDITIONS),
});

const jobs = fc.array(
  fc.record({
    node,
    deployment: fc.boolean(),
    continueOnError: fc.boolean(),
    timeout: fc.constantFrom(0, 1, 60),
  }),
  { minLength: 1, maxLength: 3 },
);

const stages = fc.array(fc.record({ node, jobs, locks: fc.boolean(), manual: fc.boolean() }), {
  minLength: 1,
  maxLength: 5,
});

/** A random plan: nodes depend only on earlier ones, so there are no circles. */
const plans: fc.Arbitrary<ShortPlan> = stages.map((list) => ({
  stages: Object.fromEntries(
    list.map((stage, index): readonly [string, ShortStage] => [
      `S${index}`,
      {
        ...edges(stage.node, index, 'S'),
        ...(stage.locks ? { locks: 'prod' } : {}),
        ...(stage.manual && index > 0 ? { manual: true, after: [] } : {}),
        jobs: Object.fromEntries(
          stage.jobs.map((job, place): readonly [string, ShortJob] => [
            `j${place}`,
            {
              ...edges(job.node, place, 'j'),
              continueOnError: job.continueOnError,
              timeout: job.timeout,
              ...(job.deployment
                ? { environment: 'prod', hooks: ['preDeploy', 'deploy', 'onSuccess', 'onFailure'] as const }
                : {}),
            },
          ]),
        ),
      },
    ]),
  ),
}));

function edges({ after, condition }: Node, index: number, prefix: string): Pick<ShortStage, 'after' | 'if'> {
  const names = index === 0 ? [] : [...new Set(after.map((one) => `${prefix}${one % index}`))];
  return { after: names, ...(condition === undefined ? {} : { if: condition }) };
}

/** Things that happen to a world, as numbers, so that they shrink well. */
const happenings = fc.array(fc.tuple(fc.nat(14), fc.nat(2), fc.nat(4), fc.nat(2)), { maxLength: 120 });

function happen(
  world: World,
  [what, agent, outcome, stage]: readonly [number, number, number, number],
): void {
  const result = RESULTS[outcome] ?? 'failed';
  if (what > 11) actOnCheck(world, { person: agent, what: outcome, stage });
  else if (what < 5) world.deliver();
  else if (what < 7) world.agentActs(agent + 1, 'poll', result);
  else if (what < 9) world.agentActs(agent + 1, 'report', result);
  else if (what === 9) world.ring();
  else if (outcome === 0) world.agentActs(agent + 1, 'restart', result);
  else if (outcome === 1) world.tellRun({ type: 'Cancel', by: 'eve' });
  else if (outcome === 2) world.tellRun({ type: 'CancelStage', stage: `S${stage}`, by: 'eve' });
  else world.agentActs(agent + 1, 'renew', result);
}

/** Somebody acts on a check of the stage, whether it is asked for or not. */
function actOnCheck(
  world: World,
  { person, what, stage }: { readonly person: number; readonly what: number; readonly stage: number },
): void {
  const name = ['ann', 'bob', 'eve'][person] ?? 'eve';
  const acts: readonly CheckAct[] = [
    { what: 'approve' },
    { what: 'approve' },
    { what: 'approve', deferredTo: world.now + 60_000 },
    { what: 'reassign', to: { kind: 'user', name: 'eve' } },
    { what: 'reject' },
  ];
  world.tellRun({
    type: 'ActOnCheck',
    stage: `S${stage}`,
    attempt: 1,
    check: 1 + (what % 2),
    by: { name, groups: ['ops'], administrator: false },
    act: acts[what] ?? { what: 'approve' },
  });
}

/** Approvals of the environment that every stage with locks uses; none, one or two. */
const checks = fc
  .array(
    fc.record({
      approvers: fc.constantFrom(['ann'], ['ann', 'bob'], ['@ops', 'bob']),
      asked: fc.constantFrom('preCheck' as const, 'postCheck' as const, 'postDeployment' as const),
      executionOrder: fc.constantFrom('anyOrder' as const, 'inSequence' as const),
      minRequiredApprovers: fc.nat(1),
      timeout: fc.constantFrom(1, 100),
    }),
    { maxLength: 2 },
  )
  .map((prod): ShortChecks => ({ prod }));

/** From here everybody does what is asked of him, until nothing is left to do. */
function settleDown(world: World): void {
  for (let round = 0; round < 2000; round++) {
    while (world.deliver()) continue;
    if (world.run.status === 'completed' && world.leftovers().length === 0) return;
    for (const agent of [1, 2, 3]) {
      world.agentActs(agent, 'report', 'succeeded');
      world.agentActs(agent, 'poll', 'succeeded');
    }
    if (round % 20 === 19) world.ring();
  }
}

describe('a run with its pool and a lock, in any order of events', () => {
  it('ends, gives every lock and lease back, and only moves forward (INV-40, INV-50, LAW-5, LAW-8)', () => {
    fc.assert(
      fc.property(
        plans,
        happenings,
        fc.array(fc.nat(5), { minLength: 1 }),
        checks,
        (plan, list, choices, asked) => {
          let chosen = 0;
          const world = new World(
            plan,
            (count) => (choices[chosen++ % choices.length] ?? 0) % Math.max(1, count),
            asked,
          );
          for (const agent of [1, 2, 3]) world.agentActs(agent, 'restart', 'succeeded');
          for (const one of list) {
            happen(world, one);
            expectOneJobPerAgent(world);
          }
          settleDown(world);
          expect(world.leftovers()).toEqual([]);
          expect(world.run.status).toBe('completed');
          expectNothingStartedTooEarly(world);
          expect(brokenApprovals(world.run)).toEqual([]);
          expect(foldRun(world.journal)).toEqual(world.run);
        },
      ),
      { numRuns: 80 },
    );
  }, 120_000);

  it('decides the same again for the same history', () => {
    fc.assert(
      fc.property(plans, happenings, (plan, list) => {
        const journals = [1, 2].map(() => {
          const world = new World(plan, () => 0);
          for (const agent of [1, 2, 3]) world.agentActs(agent, 'restart', 'succeeded');
          for (const one of list) happen(world, one);
          return [world.journal, world.poolJournal];
        });
        expect(journals[0]).toEqual(journals[1]);
      }),
      { numRuns: 50 },
    );
  });
});

/** One lease for a job, one job for an agent (INV-42, INV-50). */
function expectOneJobPerAgent(world: World): void {
  const busy = [...world.requests.values()].flatMap((one) =>
    one.state.phase === 'assigned' ? [one.state.agent] : [],
  );
  expect(new Set(busy).size).toBe(busy.length);
  const leases = world.poolJournal.flatMap((event) => (event.type === 'RequestAssigned' ? [event] : []));
  expect(new Set(leases.map((one) => one.request)).size).toBe(leases.length);
  expect(leases.map((one) => one.lease)).toEqual(leases.map((one) => one.lease).toSorted((a, b) => a - b));
}

/** A stage or job starts after those that it depends on are over (INV-43). */
function expectNothingStartedTooEarly(world: World): void {
  const over = new Set<string>();
  for (const event of world.journal) {
    if (event.type === 'StageStarted' || event.type === 'StageWaiting') {
      const plan = world.plan.stages.find(({ name }) => name === event.stage);
      for (const name of plan?.dependsOn ?? []) expect(over).toContain(name);
    }
    if (event.type === 'JobStarted') {
      const stage = world.plan.stages.find(({ name }) => name === event.stage);
      const job = stage?.jobs.find(({ name }) => name === event.job);
      for (const name of job?.dependsOn ?? []) expect(over).toContain(`${event.stage}.${name}`);
    }
    if (event.type === 'StageCompleted') over.add(event.stage);
    if (event.type === 'JobCompleted') over.add(`${event.stage}.${event.job}`);
  }
}

describe('late, repeated and foolish messages', () => {
  const instance = fc.record(
    {
      stage: fc.constantFrom('S0', 's1', 'X'),
      stageAttempt: fc.constantFrom(1, 2),
      job: fc.constantFrom('j0', 'j1', 'X'),
      jobAttempt: fc.constantFrom(1, 2),
      hook: fc.constantFrom('deploy', 'onFailure'),
    },
    { requiredKeys: ['stage', 'stageAttempt', 'job', 'jobAttempt'] },
  ) as fc.Arbitrary<Extract<RunMessage, { type: 'JobUnqueued' }>['instance']>;
  const lease = fc.nat(3);
  const stage = fc.constantFrom('S0', 'S1', 'X');
  const attempt = fc.constantFrom(1, 2);
  const message: fc.Arbitrary<RunMessage> = fc.oneof(
    fc.constant<RunMessage>({ type: 'Begin' }),
    fc.record({ type: fc.constant('AskApprovals' as const), stage, attempt }),
    fc.record({ type: fc.constant('CheckDue' as const), stage, attempt, check: fc.nat(2) }),
    fc.record({
      type: fc.constant('ActOnCheck' as const),
      stage,
      attempt,
      check: fc.nat(2),
      by: fc.constant({ name: 'ann', groups: [], administrator: true }),
      act: fc.constantFrom<CheckAct>(
        { what: 'approve' },
        { what: 'reject' },
        { what: 'reassign', to: { kind: 'user', name: 'bob' } },
      ),
    }),
    fc.record({ type: fc.constant('LocksGranted' as const), stage, attempt, tokens: fc.constant([]) }),
    fc.record({
      type: fc.constant('LocksLost' as const),
      stage,
      attempt,
      why: fc.constant({ kind: 'superseded', byRun: 2, lock: 'prod' } as const),
    }),
    fc.record({
      type: fc.constant('JobAssigned' as const),
      instance,
      request: fc.constant(1),
      lease: fc.integer({ min: 1, max: 3 }),
      agent: fc.constant(1),
      agentName: fc.constant('a'),
    }),
    fc.record({ type: fc.constant('JobUnserved' as const), instance, message: fc.constant('nobody.') }),
    fc.record({ type: fc.constant('JobUnqueued' as const), instance }),
    fc.record({
      type: fc.constant('JobReported' as const),
      instance,
      lease,
      report: fc.constant([
        { kind: 'started', at: 0 },
        { kind: 'finished', at: 0, result: 'failed' },
      ] as const),
    }),
    fc.record({ type: fc.constant('LeaseClosed' as const), instance, lease, lost: fc.boolean() }),
    fc.record({ type: fc.constant('Cancel' as const), by: fc.constant('eve') }),
    fc.record({ type: fc.constant('CancelStage' as const), stage, by: fc.constant('eve') }),
    fc.record({ type: fc.constant('JobTimedOut' as const), instance, lease }),
    fc.record({ type: fc.constant('CancelBudgetOver' as const), instance, lease }),
  );

  it('never throw, and the same one twice in a row changes nothing the second time', () => {
    fc.assert(
      fc.property(plans, fc.array(message, { maxLength: 40 }), checks, (plan, messages, asked) => {
        const run = new OneRun(plan, {}, { checks: asked });
        for (const one of messages) {
          run.tell(one);
          const before = run.state;
          const again = run.tell(one);
          expect(again.events).toEqual([]);
          expect(run.state).toEqual(before);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('change nothing in a run that is over', () => {
    fc.assert(
      fc.property(plans, fc.array(message, { maxLength: 20 }), checks, (plan, messages, asked) => {
        const run = new OneRun(plan, {}, { checks: asked });
        run.tell({ type: 'Cancel', by: 'eve' });
        const before = run.state;
        expect(before.status).toBe('completed');
        for (const one of messages) run.tell(one);
        expect(run.state).toEqual(before);
      }),
      { numRuns: 100 },
    );
  });
});
