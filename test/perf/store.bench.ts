// What the store costs in process, with the real engine, real files and a syncing PostgreSQL: durable hand-offs of
// a lock, and queued runs. `npm run bench store`.
import type { Mail, TriggerMessage } from '@signalbox/engine';
import { DEFAULT_LOCK_POLICY, type Plan } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import { ask, settle, within, withStores, type Open } from '../support/bench-stores.ts';
import { milliseconds, percentile, printTable } from '../support/bench.ts';

const SOURCE = { file: 'azure-pipelines.yml', line: 1, column: 1, endLine: 1, endColumn: 1 };
const PLAN: Plan = {
  version: 1,
  name: '$(Date:yyyyMMdd)$(Rev:.r)',
  variables: [],
  repositories: [],
  stages: [
    {
      name: 'Deploy',
      displayName: 'Deploy',
      dependsOn: [],
      variables: [],
      ownLock: false,
      manual: false,
      isSkippable: true,
      source: SOURCE,
      jobs: [
        {
          kind: 'job',
          name: 'Ship',
          displayName: 'Ship',
          dependsOn: [],
          variables: [],
          pool: { kind: 'pool', demands: [] },
          timeoutInMinutes: 60,
          cancelTimeoutInMinutes: 5,
          continueOnError: false,
          steps: [],
          source: SOURCE,
        },
      ],
    },
  ],
};
function configure(store: Store, lock: string): Promise<void> {
  const resource = { type: 'named', id: lock } as const;
  const policy = { ...DEFAULT_LOCK_POLICY, behavior: 'sequential' } as const;
  const body = { type: 'ConfigureLock', resource, name: lock, policy, enabled: true, by: 'bench' } as const;
  return ask(store, { to: { kind: 'interlocking', id: 1 }, body });
}

function create(store: Store, lock: string): Promise<void> {
  const body: TriggerMessage = {
    type: 'CreateRun',
    definition: { id: 1, name: 'shop' },
    projectName: 'Bench',
    plan: PLAN,
    planId: '00000000-0000-0000-0000-000000000001',
    reason: 'manual',
    branch: 'refs/heads/main',
    commit: 'c0ffee',
    requestedBy: 'Ann',
    requestedFor: 'Ann',
    variables: {},
    stagesToSkip: [],
    defaultPool: 'Default',
    pools: { default: 1 },
    resources: { deploy: [{ type: 'named', id: lock, name: lock }] },
  };
  return ask(store, { to: { kind: 'trigger', id: 1 }, body });
}

/** Agents that take whatever they get and are idle again at once. */
async function connectAgents(store: Store, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const session = `session ${n}`;
    const body = {
      type: 'AgentConnected',
      name: `agent-${n}`,
      session,
      version: '1',
      capabilities: {},
    } as const;
    await ask(store, { to: { kind: 'pool', id: 1 }, body });
  }
  await pollAll(store);
}

async function pollAll(store: Store): Promise<void> {
  const free = (await store.poolWork.agents(1)).filter(({ idle, request }) => !idle && request === undefined);
  const polls = free.map(({ id, session }) =>
    ask(store, {
      to: { kind: 'pool', id: 1 },
      body: { type: 'AgentPolled', agent: id, session: session?.id ?? '' },
    }),
  );
  await Promise.all(polls);
}

/** What the holders report at their end: the mail that begins each hand-off. */
async function reports(store: Store): Promise<readonly Mail[]> {
  const { items } = await store.poolWork.requests(1, { limit: 5000 });
  return items.flatMap(({ run, instance, state }): Mail[] => {
    if (state.phase !== 'assigned') return [];
    const at = Date.now();
    const report = [{ kind: 'started', at } as const, { kind: 'finished', at, result: 'succeeded' } as const];
    return [
      { to: { kind: 'run', id: run }, body: { type: 'JobReported', instance, lease: state.lease, report } },
    ];
  });
}

interface Figures {
  /** Milliseconds per hand-off, one value per round. */
  readonly perHandOff: readonly number[];
  /** Milliseconds of this process's processor time per hand-off: what is left when the machine is quiet. */
  readonly processor: number;
  readonly handOffsPerSecond: number;
}

/**
 * Each round the holders of all locks report their end at once, and all next in line get lock and agent. The time of
 * a round, divided by the number of locks, is the price of a hand-off: report, release, grant, start, assignment.
 */
async function handOffs(store: Store, locks: number, rounds: number): Promise<Figures> {
  await store.projects.create({ guid: 'bench', name: 'Bench', description: '' });
  await store.pools.upsert('Default');
  const names = Array.from({ length: locks }, (_, n) => `env-${n}`);
  for (const name of names) await configure(store, name);
  await connectAgents(store, 2 * locks);
  for (let round = 0; round <= rounds; round += 1) {
    await Promise.all(names.map((name) => create(store, name)));
  }
  await settle(store);
  const perHandOff: number[] = [];
  let processor = 0;
  for (let round = 0; round < rounds; round += 1) {
    const mail = await reports(store);
    if (mail.length !== locks) throw new Error(`${mail.length} holders of ${locks} locks`);
    const [began, used] = [performance.now(), process.cpuUsage()];
    await Promise.all(mail.map((report) => ask(store, report)));
    const replied = performance.now();
    const { user, system } = process.cpuUsage(used);
    processor += (user + system) / 1000 / locks;
    const waited = await handedOver(store, locks);
    perHandOff.push(((waited ? performance.now() : replied) - began) / locks);
    await settle(store);
    await pollAll(store);
  }
  const total = perHandOff.reduce((sum, each) => sum + each, 0);
  return { perHandOff, processor: processor / rounds, handOffsPerSecond: (1000 * perHandOff.length) / total };
}

/**
 * Waits until the next holders have their jobs; false when they had them already. On SQLite and in memory the whole
 * chain is done with the report; on PostgreSQL it follows the reply.
 */
async function handedOver(store: Store, locks: number): Promise<boolean> {
  let waited = false;
  while ((await reports(store)).length < locks) {
    waited = true;
    await store.work();
  }
  return waited;
}

/** Runs queued per second: three decisions each (trigger, run, interlocking), all durable. */
async function queueing(store: Store, count: number): Promise<number> {
  await store.projects.create({ guid: 'bench', name: 'Bench', description: '' });
  await store.pools.upsert('Default');
  await configure(store, 'env');
  const began = performance.now();
  for (let done = 0; done < count; done += 50) {
    await Promise.all(Array.from({ length: 50 }, () => create(store, 'env')));
  }
  await settle(store);
  return (1000 * count) / (performance.now() - began);
}

/** Prints the price of a hand-off and of a queued run, for each store. */
async function benchHandOffs(stores: Readonly<Record<string, Open>>): Promise<void> {
  const table = [
    ['store', 'locks at once', 'per hand-off p50', 'p99', 'processor', 'hand-offs/s', 'queued runs/s'],
  ];
  for (const [name, open] of Object.entries(stores)) {
    const runs = await within(open, (store) => queueing(store, 1000));
    for (const [locks, rounds] of [
      [1, 300],
      [8, 60],
      [32, 30],
    ] as const) {
      const figures = await within(open, (store) => handOffs(store, locks, rounds));
      const { perHandOff, processor, handOffsPerSecond } = figures;
      table.push([
        name,
        String(locks),
        milliseconds(percentile(perHandOff, 0.5)),
        milliseconds(percentile(perHandOff, 0.99)),
        milliseconds(processor),
        handOffsPerSecond.toFixed(0),
        locks === 1 ? runs.toFixed(0) : '',
      ]);
    }
  }
  printTable('Durable hand-offs and queued runs, in process', table);
}

await withStores(benchHandOffs);
