import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JobRequestRow, PoolEvent, PoolMessage } from '@signalbox/engine';
import { PoolStore } from './pool-store.ts';

const CAPABILITIES = [{}, { pwsh: '7' }, { pwsh: '7', os: 'Linux' }] as const;
const DEMANDS = [[], [{ capability: 'pwsh' }], [{ capability: 'os', equals: 'linux' }]] as const;

const agent = fc.integer({ min: 1, max: 4 });
const job = fc.nat(12);
const session = fc.constantFrom('s1', 's1', 's2');

const message: fc.Arbitrary<PoolMessage> = fc.oneof(
  fc.tuple(job, fc.nat(2), fc.nat(5)).map(([run, demands, readyAt]): PoolMessage => ({
    type: 'JobReady',
    run,
    instance: instance(run),
    demands: DEMANDS[demands] ?? [],
    readyAt,
    cancelTimeoutMs: 1000,
  })),
  fc
    .tuple(agent, session)
    .map(([id, one]): PoolMessage => ({ type: 'AgentPolled', agent: id, session: one })),
  fc
    .tuple(agent, session)
    .map(([id, one]): PoolMessage => ({ type: 'AgentPolled', agent: id, session: one })),
  fc.tuple(agent, session).map(([id, one]): PoolMessage => ({
    type: 'AgentConnected',
    name: `a${id}`,
    version: '1',
    session: one,
    capabilities: CAPABILITIES[id % 3] ?? {},
  })),
  fc.tuple(agent, session).map(([id, one]): PoolMessage => ({ type: 'AgentLeft', agent: id, session: one })),
  fc
    .tuple(agent, fc.boolean())
    .map(([id, enabled]): PoolMessage => ({ type: 'AgentEnabled', agent: id, enabled })),
  agent.map((id): PoolMessage => ({ type: 'AgentDeleted', agent: id })),
  fc.tuple(agent, fc.nat(2)).map(([id, set]): PoolMessage => ({
    type: 'AgentCapabilitiesSet',
    agent: id,
    capabilities: CAPABILITIES[set] ?? {},
  })),
  fc.constantFrom(1, 2, 3, undefined).map((parallelJobs): PoolMessage => ({
    type: 'PoolLimitSet',
    ...(parallelJobs !== undefined && { parallelJobs }),
  })),
  job.map((run): PoolMessage => ({ type: 'JobWithdrawn', run, instance: instance(run) })),
  fc
    .tuple(job, fc.nat(12))
    .map(([run, lease]): PoolMessage => ({ type: 'JobOver', run, instance: instance(run), lease })),
  fc.tuple(job, fc.nat(12)).map(([run, lease]): PoolMessage => ({
    type: 'JobCanceled',
    run,
    instance: instance(run),
    lease,
    budgetMs: 500,
  })),
  fc
    .tuple(job, fc.nat(12))
    .map(([request, lease]): PoolMessage => ({ type: 'LeaseRenewed', request, lease })),
  fc.tuple(job, fc.nat(12)).map(([request, lease]): PoolMessage => ({ type: 'LeaseDue', request, lease })),
  fc
    .tuple(job, fc.nat(12))
    .map(([request, lease]): PoolMessage => ({ type: 'QuarantineOver', request, lease })),
);

function instance(run: number): Extract<PoolMessage, { type: 'JobOver' }>['instance'] {
  return { stage: 'A', stageAttempt: 1, job: `j${run}`, jobAttempt: 1 };
}

const stories = fc.array(fc.tuple(message, fc.constantFrom(0, 0, 100, 2000)), { maxLength: 80 });

const POLICY = { leaseMs: 3000, marginMs: 200, renewEveryMs: 1000, silentMs: 5000 };

function serves(pool: PoolStore, id: number, { demands }: JobRequestRow): boolean {
  const agentRow = pool.agents.get(id);
  const capabilities: Readonly<Record<string, string>> = {
    ...agentRow?.capabilities,
    ...agentRow?.userCapabilities,
  };
  return demands.every(({ capability, equals }) => {
    const value = capabilities[capability];
    return value !== undefined && (equals === undefined || value.toLowerCase() === equals);
  });
}

/** Of what waited, nothing older could have been served by the agent (AGENT-5, GAP-42). */
function expectFirstComeFirstServed(
  pool: PoolStore,
  waiting: readonly JobRequestRow[],
  events: readonly PoolEvent[],
): void {
  for (const event of events) {
    if (event.type !== 'RequestAssigned') continue;
    const request = pool.requests.get(event.request);
    if (request === undefined) continue;
    const older = waiting.filter(
      (one) =>
        one.id !== request.id &&
        pool.requests.get(one.id)?.state.phase === 'waiting' &&
        isOlder(one, request),
    );
    expect(older.filter((one) => serves(pool, event.agent, one))).toEqual([]);
  }
}

function isOlder(a: JobRequestRow, b: JobRequestRow): boolean {
  return (a.readyAt - b.readyAt || a.run - b.run || a.id - b.id) < 0;
}

describe('a pool, whatever happens in it', () => {
  it('keeps one job for an agent and one lease for a job, serves in order, and leaves no agent idle (INV-42, INV-50)', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const pool = new PoolStore(POLICY);
        for (const [one, wait] of story) {
          pool.now += wait;
          const waiting = pool.waiting();
          const { events } = pool.tell(one);
          expectFirstComeFirstServed(pool, waiting, events);
          expectSound(pool);
        }
        const assigned = pool.journal.flatMap((event) => (event.type === 'RequestAssigned' ? [event] : []));
        expect(new Set(assigned.map(({ request }) => request)).size).toBe(assigned.length);
        expect(assigned.map(({ lease }) => lease)).toEqual(assigned.map((_, index) => index + 1));
      }),
      { numRuns: 100 },
    );
  });

  it('decides in one unit of work what it decides in many', () => {
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 60 }),
        fc.array(fc.integer({ min: 1, max: 9 })),
        (story, sizes) => {
          const single = new PoolStore(POLICY);
          for (const one of story) single.tell(one);
          const batched = new PoolStore(POLICY);
          for (let at = 0, turn = 0; at < story.length; turn++) {
            const size = sizes[turn % Math.max(1, sizes.length)] ?? 4;
            batched.batch(story.slice(at, at + size));
            at += size;
          }
          expect(batched.journal).toEqual(single.journal);
          expect(batched.mail).toEqual(single.mail);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('says once of every job what became of it', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const pool = new PoolStore(POLICY);
        for (const [one, wait] of story) {
          pool.now += wait;
          pool.tell(one);
        }
        for (const request of pool.requests.values()) {
          const said = pool.mail.flatMap(({ to, body }) =>
            to.kind === 'run' && 'instance' in body && body.instance.job === request.instance.job
              ? [body.type]
              : [],
          );
          const ends = said.filter((type) => type !== 'JobAssigned');
          // A job that nobody could serve has no request; one that came back later has one of its own.
          expect(ends.filter((type) => type !== 'JobUnserved').length).toBeLessThanOrEqual(1);
          if (request.state.phase === 'finished') expect(ends.length).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 200 },
    );
  });
});

function expectSound(pool: PoolStore): void {
  const busy = new Map<number, number>();
  for (const { id, state } of pool.requests.values()) {
    if (state.phase !== 'assigned') continue;
    expect(busy.has(state.agent)).toBe(false);
    busy.set(state.agent, id);
  }
  for (const agentRow of pool.agents.values()) {
    const held =
      agentRow.request === undefined ? undefined : pool.requests.get(agentRow.request)?.state.phase;
    expect(['assigned', 'quarantined', undefined]).toContain(held);
    if (busy.has(agentRow.id)) expect(agentRow.request).toBe(busy.get(agentRow.id));
    const { enabled, idle, request, session: live } = agentRow;
    if (
      !enabled ||
      !idle ||
      request !== undefined ||
      live === undefined ||
      isFull(pool) ||
      pool.now - live.seenAt > POLICY.silentMs
    )
      continue;
    expect(pool.waiting().filter((one) => serves(pool, agentRow.id, one))).toEqual([]);
  }
}

/** The limit of parallel jobs is reached (AGENT-6). */
function isFull({ header, agents }: PoolStore): boolean {
  const running = [...agents.values()].filter(({ request }) => request !== undefined).length;
  return header.parallelJobs !== undefined && running >= header.parallelJobs;
}
