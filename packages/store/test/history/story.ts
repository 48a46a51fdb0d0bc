import type { Address, JobRequestRow, Mail, Reply } from '@signalbox/engine';
import { foldInterlocking, foldRun } from '@signalbox/engine';
import type { LockBehavior, LockOrder, NodeResult } from '@signalbox/model';
import type { JournalEntry, Store } from '@signalbox/store';
import fc from 'fast-check';
import { expect } from 'vitest';
import { settle, type Clock } from '../support/harness.ts';
import { createRunOf, planOf, policy } from '../support/real-engine.ts';

/** One thing that somebody does. Numbers are taken modulo what there is. */
export type Act =
  | { readonly do: 'create'; readonly plan: number; readonly branch: boolean }
  | {
      readonly do: 'configure';
      readonly environment: number;
      readonly behavior: LockBehavior;
      readonly order: LockOrder;
      readonly capacity: number;
    }
  | { readonly do: 'connect'; readonly agent: number }
  | { readonly do: 'poll'; readonly agent: number }
  | { readonly do: 'report'; readonly agent: number; readonly result: NodeResult }
  | { readonly do: 'cancel'; readonly run: number }
  | { readonly do: 'wait'; readonly ms: number };

const ENVIRONMENTS = ['x', 'y'];
const PLANS = [
  { plan: planOf(['Build', 'Deploy']), locks: { Deploy: ['x'] } },
  { plan: planOf(['Deploy']), locks: { Deploy: ['x', 'y'] } },
  {
    plan: planOf(['Qa', 'Prod'], { ownLock: true, lockBehavior: 'runLatest' }),
    locks: { Qa: ['y'], Prod: ['x'] },
  },
  {
    plan: planOf(['Deploy'], { condition: 'always()', lockBehavior: 'sequential' }),
    locks: { Deploy: ['y'] },
  },
] as const;

/** Random stories, mostly of runs and agents. */
export function stories(maxLength: number): fc.Arbitrary<readonly Act[]> {
  const small = fc.nat(7);
  return fc.array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ do: fc.constant('create' as const), plan: small, branch: fc.boolean() }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          do: fc.constant('configure' as const),
          environment: small,
          behavior: fc.constantFrom<LockBehavior>('runLatest', 'sequential', 'branchRunLatest', 'parallel'),
          order: fc.constantFrom<LockOrder>('arrival', 'runQueueTime'),
          capacity: fc.integer({ min: 1, max: 2 }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('connect' as const), agent: small }) },
      { weight: 6, arbitrary: fc.record({ do: fc.constant('poll' as const), agent: small }) },
      {
        weight: 6,
        arbitrary: fc.record({
          do: fc.constant('report' as const),
          agent: small,
          result: fc.constantFrom<NodeResult>('succeeded', 'succeeded', 'failed', 'succeededWithIssues'),
        }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), run: small }) },
      {
        weight: 2,
        arbitrary: fc.record({
          do: fc.constant('wait' as const),
          ms: fc.constantFrom(1, 1000, 60_000, 600_000),
        }),
      },
    ),
    { minLength: 5, maxLength },
  );
}

/** Plays a story on a store, letting everything settle after each act. What it reads, it reads from the store. */
export class Player {
  readonly #store: Store;
  readonly #clock: Clock;
  #acts = 0;
  #lastRun = 0;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  async play(story: readonly Act[]): Promise<void> {
    await this.#store.projects.create({ guid: 'a', name: 'Demo', description: '' });
    await this.#store.pools.upsert('Default');
    for (const environment of [0, 1]) {
      await this.#act({
        do: 'configure',
        environment,
        behavior: 'sequential',
        order: 'arrival',
        capacity: 1,
      });
    }
    for (const agent of [0, 1]) await this.#act({ do: 'connect', agent });
    for (const act of story) await this.#act(act);
  }

  async #act(act: Act): Promise<void> {
    this.#acts += 1;
    const mail = await this.#mailFor(act);
    if (act.do === 'wait') this.#clock.now += act.ms;
    if (mail !== undefined) {
      const reply: Reply = await this.#store.inbox.execute(mail, `act ${this.#acts}`);
      if (act.do === 'create' && reply.ok) this.#lastRun += 1;
    }
    await settle(this.#store);
    expect(await this.#store.inbox.parked()).toEqual([]);
  }

  async #mailFor(act: Act): Promise<Mail | undefined> {
    switch (act.do) {
      case 'create': {
        const { plan, locks } = PLANS[act.plan % PLANS.length] ?? PLANS[0];
        const definition = { id: 1 + (act.plan % PLANS.length), name: `p${act.plan % PLANS.length}` };
        const branch = act.branch ? 'refs/heads/main' : 'refs/heads/topic';
        return { to: { kind: 'trigger', id: 1 }, body: createRunOf(plan, locks, { definition, branch }) };
      }
      case 'configure': {
        const name = ENVIRONMENTS[act.environment % ENVIRONMENTS.length] ?? 'x';
        const { behavior, order: orderBy, capacity } = act;
        const resource = { type: 'securefile', id: name } as const;
        const body = { type: 'ConfigureLock', resource, name, enabled: true, by: 'Ann' } as const;
        return {
          to: { kind: 'interlocking', id: 1 },
          body: { ...body, policy: policy({ behavior, orderBy, capacity, waitTimeoutMinutes: 15 }) },
        };
      }
      case 'connect': {
        const [name, session] = [`agent-${act.agent % 3}`, `session-${this.#acts}`];
        const body = { type: 'AgentConnected', name, session, version: '1', capabilities: {} } as const;
        return { to: { kind: 'pool', id: 1 }, body };
      }
      case 'poll': {
        const agents = await this.#store.poolWork.agents(1);
        const agent = agents[act.agent % Math.max(agents.length, 1)];
        if (agent?.session === undefined) return undefined;
        return {
          to: { kind: 'pool', id: 1 },
          body: { type: 'AgentPolled', agent: agent.id, session: agent.session.id },
        };
      }
      case 'report':
        return this.#report(act.agent, act.result);
      case 'cancel': {
        if (this.#lastRun === 0) return undefined;
        return {
          to: { kind: 'run', id: 1 + (act.run % this.#lastRun) },
          body: { type: 'Cancel', by: 'Ann' },
        };
      }
      case 'wait':
        return undefined;
    }
  }

  async #report(agent: number, result: NodeResult): Promise<Mail | undefined> {
    const { items } = await this.#store.poolWork.requests(1, { limit: 500 });
    const held = items.filter((row): row is JobRequestRow => row.state.phase === 'assigned');
    const job = held[agent % Math.max(held.length, 1)];
    if (job?.state.phase !== 'assigned') return undefined;
    const at = this.#clock.now;
    const report = [{ kind: 'started', at } as const, { kind: 'finished', at, result } as const];
    const body = { type: 'JobReported', instance: job.instance, lease: job.state.lease, report } as const;
    return { to: { kind: 'run', id: job.run }, body };
  }
}

/** Every journal of a store, by aggregate. */
export async function journals(store: Store): Promise<Readonly<Record<string, readonly JournalEntry[]>>> {
  const runs = (await store.runs.list(1, { limit: 5000 })).items.map(({ id }) => id).sort((a, b) => a - b);
  const addresses: readonly Address[] = [
    { kind: 'trigger', id: 1 },
    { kind: 'interlocking', id: 1 },
    { kind: 'pool', id: 1 },
    ...runs.map((id) => ({ kind: 'run', id }) as const),
  ];
  const found: Record<string, readonly JournalEntry[]> = {};
  for (const address of addresses) found[`${address.kind} ${address.id}`] = await store.journal.read(address);
  return found;
}

/** The rows of a store must be what its journals fold to, and its indexes must agree with its rows. */
export async function expectFolded(store: Store): Promise<void> {
  const all = await journals(store);
  for (const run of (await store.runs.list(1, { limit: 5000 })).items) {
    const events = (all[`run ${run.id}`] ?? []).map(({ event }) => event);
    expect(foldRun(events as Parameters<typeof foldRun>[0])).toEqual(run);
  }
  const events = (all['interlocking 1'] ?? []).map(({ event }) => event);
  const folded = foldInterlocking(events as Parameters<typeof foldInterlocking>[0]);
  const locks = await store.locks.list(1);
  expect(locks).toEqual([...folded.locks.values()].sort((a, b) => a.id - b.id));
  for (const bundle of folded.bundles.values()) {
    expect(await store.locks.bundle(1, bundle.id)).toEqual(bundle);
  }
  for (const { id } of locks) {
    const here = [...folded.bundles.values()].filter(({ requests }) =>
      requests.some(({ lock }) => lock === id),
    );
    const holding = here.filter(({ status }) => status === 'inUse').length;
    expect((await store.locks.holders(1, id)).length).toBe(holding);
    const waiting = here.filter(({ status }) => status === 'queued' || status === 'waitingOnChecks').length;
    expect(await store.locks.waiting(1, id)).toBe(waiting);
  }
}
