// What a decision of the locks costs in a store, with nobody, a few and very many who wait: a holder releases, the next
// is granted, a new one asks. All queues stand in one database and are measured in turns, so that the ratio compares
// what ran under the same load. `npm run bench queue-length`.
import type { Mail } from '@signalbox/engine';
import { DEFAULT_LOCK_POLICY, type LockPolicy } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import { ask, settle, within, withStores, type Open } from '../support/bench-stores.ts';
import { milliseconds, percentile, printTable } from '../support/bench.ts';

/** Locks with so many waiters each; the rounds go over the locks of a load in turn. */
interface Load {
  readonly name: string;
  readonly locks: readonly string[];
  readonly waiters: number;
}

/** Where the same is measured for each order. */
const LENGTHS: readonly Load[] = [1, 100, 10_000, 100_000].map((waiters) => ({
  name: waiters.toLocaleString('en'),
  locks: [`env-${waiters}`],
  waiters,
}));

const MANY: Load = {
  name: '1,000 locks × 100',
  locks: Array.from({ length: 1000 }, (_, n) => `many-${n}`),
  waiters: 100,
};

interface Case {
  readonly policy: Partial<LockPolicy>;
  readonly loads: readonly Load[];
}

const CASES: Readonly<Record<string, Case>> = {
  arrival: { policy: { behavior: 'sequential' }, loads: [...LENGTHS, MANY] },
  runQueueTime: { policy: { behavior: 'sequential', orderBy: 'runQueueTime' }, loads: LENGTHS },
};

const ROUNDS = 150;
const WARM_UP = 10;
const BATCH = 5000;

type Locks = Extract<Mail, { to: { kind: 'interlocking' } }>['body'];

/** The queues of one load: runs are numbered on, and leave in the order in which they came. */
class Queue {
  readonly load: Load;
  readonly handOffs: number[] = [];
  readonly requests: number[] = [];
  readonly #store: Store;
  readonly #first: number;
  readonly #came: number[];
  readonly #went: number[];
  #round = 0;

  constructor(store: Store, load: Load, first: number) {
    this.#store = store;
    this.load = load;
    this.#first = first;
    this.#came = load.locks.map(() => 0);
    this.#went = load.locks.map(() => 0);
  }

  async fill(policy: LockPolicy): Promise<void> {
    for (const name of this.load.locks) {
      const resource = { type: 'environment', id: name } as const;
      await ask(
        this.#store,
        message({ type: 'ConfigureLock', resource, name, policy, enabled: true, by: 'bench' }),
      );
    }
    let batch: Mail[] = [];
    for (let n = 0; n <= this.load.waiters; n += 1) {
      for (const index of this.load.locks.keys()) batch.push(this.#request(index));
      if (batch.length < BATCH && n < this.load.waiters) continue;
      await this.#store.inbox.submit(batch);
      await settle(this.#store);
      batch = [];
    }
  }

  /** One hand-off and one request at the next lock; milliseconds are noted when they count. */
  async round(counts: boolean): Promise<void> {
    const index = this.#round % this.load.locks.length;
    this.#round += 1;
    const handOff = await timed(() => ask(this.#store, this.#release(index)));
    const request = await timed(() => ask(this.#store, this.#request(index)));
    if (!counts) return;
    this.handOffs.push(handOff);
    this.requests.push(request);
  }

  #run(index: number, n: number): number {
    return this.#first + index * 200 + n;
  }

  #request(index: number): Mail {
    const name = this.load.locks[index] ?? '';
    const run = this.#run(index, (this.#came[index] = (this.#came[index] ?? 0) + 1));
    const who = { run, definition: 1, stage: 'Deploy', attempt: 1, branch: 'refs/heads/main' };
    const requester = { ...who, runQueueTime: 1_700_000_000_000 + run };
    return message({
      type: 'LocksRequested',
      requester,
      ownLock: false,
      resources: [{ type: 'environment', id: name, name }],
    });
  }

  #release(index: number): Mail {
    const run = this.#run(index, (this.#went[index] = (this.#went[index] ?? 0) + 1));
    return message({ type: 'LocksReleased', run, stage: 'Deploy', attempt: 1 });
  }
}

async function timed(act: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

function message(body: Locks): Mail {
  return { to: { kind: 'interlocking', id: 1 }, body };
}

async function measure(store: Store, { policy, loads }: Case): Promise<readonly Queue[]> {
  await store.projects.create({ guid: 'bench', name: 'Bench', description: '' });
  const queues: Queue[] = [];
  for (const [at, load] of loads.entries()) {
    const queue = new Queue(store, load, (at + 1) * 1_000_000);
    await queue.fill({ ...DEFAULT_LOCK_POLICY, ...policy });
    queues.push(queue);
  }
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    for (const queue of queues) await queue.round(round >= WARM_UP);
  }
  return queues;
}

const HEADS = ['orderBy', '', ...LENGTHS.map(({ name }) => name), '100,000 / 100', MANY.name];

function rowsOf(order: string, queues: readonly Queue[]): readonly string[][] {
  const kinds = { 'hand-off p50': 0.5, 'hand-off p99': 0.99, 'request p50': 0.5 };
  return Object.entries(kinds).map(([kind, share]) => {
    const values = queues.map((queue) =>
      percentile(kind.startsWith('hand-off') ? queue.handOffs : queue.requests, share),
    );
    const [, few = Number.NaN, , many = Number.NaN, locks] = values;
    const ratio = (many / few).toFixed(2);
    return [
      order,
      kind,
      ...values.slice(0, LENGTHS.length).map(milliseconds),
      ratio,
      locks === undefined ? '' : milliseconds(locks),
    ];
  });
}

async function bench(stores: Readonly<Record<string, Open>>): Promise<void> {
  for (const [name, open] of Object.entries(stores)) {
    const table = [HEADS];
    for (const [order, what] of Object.entries(CASES)) {
      table.push(...rowsOf(order, await within(open, (store) => measure(store, what))));
    }
    printTable(`A decision of the locks in ${name}, by the number who wait`, table);
  }
}

await withStores(bench);
