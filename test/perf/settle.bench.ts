// What a decision of the interlocking costs with everything in memory: no store, no mail. The queue stays as long as
// it is: each round the holder releases, the next is granted, a new one asks. Lengths are measured in turns, so that
// the ratio in the last column compares what ran under the same load.
import {
  createInterlocking,
  WholeInterlocking,
  type Interlocking,
  type InterlockingMessage,
  type Outcome,
} from '@signalbox/engine';
import { DEFAULT_LOCK_POLICY, type LockPolicy } from '@signalbox/model';
import { percentile, printTable } from '../support/bench.ts';

const PROJECT = 1;
/** Rounds per turn, and turns: a round is two decisions. */
const ROUNDS = 200;
const TURNS = 10;

/** What waits: at how many locks, how many at each. */
interface Load {
  readonly locks: number;
  readonly waiters: number;
}

const LOADS: readonly Load[] = [
  { locks: 1, waiters: 1 },
  { locks: 1, waiters: 100 },
  { locks: 1, waiters: 10_000 },
  { locks: 1, waiters: 100_000 },
  { locks: 1_000, waiters: 100 },
];

/** Whose cost must not grow: time per decision with the longest queue, against this. */
const BASE = 1;
const LONGEST = 3;

interface Case {
  readonly name: string;
  readonly policy: Partial<LockPolicy>;
  /** Each run is of the next of so many pipelines. */
  readonly pipelines: number;
  /** Each run is announced when it is created, as `orderBy: runQueueTime` wants it. */
  readonly announced?: true;
}

const CASES: readonly Case[] = [
  { name: 'sequential, arrival', policy: { behavior: 'sequential' }, pipelines: 1 },
  {
    name: 'sequential, runQueueTime',
    policy: { behavior: 'sequential', orderBy: 'runQueueTime' },
    pipelines: 1,
    announced: true,
  },
  { name: 'runLatest, each of its own pipeline', policy: {}, pipelines: 1_000_000 },
  { name: 'capacity 10', policy: { behavior: 'sequential', capacity: 10 }, pipelines: 1 },
];

/** Locks with queues of constant length. */
class Queue {
  readonly #working: Interlocking = createInterlocking(PROJECT, new WholeInterlocking());
  readonly #case: Case;
  readonly #holders: number[][];
  #runs = 0;
  decisions = 0;

  constructor(what: Case, { locks, waiters }: Load) {
    this.#case = what;
    this.#holders = Array.from({ length: locks }, () => []);
    const policy = { ...DEFAULT_LOCK_POLICY, ...what.policy };
    for (let lock = 0; lock < locks; lock += 1) {
      const resource = { type: 'environment', id: `${lock}` } as const;
      this.#send({
        type: 'ConfigureLock',
        resource,
        name: `prod-${lock}`,
        policy,
        enabled: true,
        by: 'bench',
      });
      for (let count = 0; count < waiters + policy.capacity; count += 1) this.request(lock);
    }
  }

  request(lock: number): void {
    this.#runs += 1;
    const run = this.#runs;
    const definition = (run % this.#case.pipelines) + 1;
    const resource = { type: 'environment', id: `${lock}` } as const;
    const who = { run, definition, branch: 'main', runQueueTime: run };
    if (this.#case.announced) {
      this.#send({ type: 'Expected', ...who, stages: [{ stage: 'deploy', resources: [resource] }] });
    }
    this.#send({
      type: 'LocksRequested',
      requester: { ...who, stage: 'deploy', attempt: 1 },
      ownLock: false,
      resources: [{ ...resource, name: `prod-${lock}` }],
    });
  }

  release(lock: number): void {
    const run = this.#holders[lock]?.shift();
    if (run === undefined) throw new Error('nobody holds the lock');
    this.#send({ type: 'LocksReleased', run, stage: 'deploy', attempt: 1 });
  }

  #send(message: InterlockingMessage): void {
    this.decisions += 1;
    for (const { to, body } of this.#decide(message).mail) {
      if (to.kind !== 'run' || body.type !== 'LocksGranted') continue;
      const lock = Number(body.tokens[0]?.lock ?? 0) - 1;
      this.#holders[lock]?.push(to.id);
    }
  }

  #decide(message: InterlockingMessage): Outcome<unknown> {
    const handled = this.#working.handle(message, 1_000_000 + this.#runs);
    if (handled.kind === 'needs') throw new Error(`lacks ${JSON.stringify(handled.needs)}`);
    return handled.outcome;
  }
}

/** Microseconds per decision, one figure per turn. */
function turn(queue: Queue, { locks }: Load): number {
  const before = queue.decisions;
  const start = process.hrtime.bigint();
  for (let round = 0; round < ROUNDS; round += 1) {
    queue.release(round % locks);
    queue.request(round % locks);
  }
  return Number(process.hrtime.bigint() - start) / 1e3 / (queue.decisions - before);
}

function measure(what: Case): readonly (readonly number[])[] {
  const queues = LOADS.map((load) => ({ load, queue: new Queue(what, load), times: [] as number[] }));
  for (const { queue, load } of queues) turn(queue, load);
  for (let round = 0; round < TURNS; round += 1) {
    for (const { queue, load, times } of queues) times.push(turn(queue, load));
  }
  return queues.map(({ times }) => times);
}

/** A row of times, and one of how many such decisions a second has. */
function rows(what: Case): readonly (readonly string[])[] {
  const medians = measure(what).map((each) => percentile(each, 0.5));
  const ratio = (medians[LONGEST] ?? Number.NaN) / (medians[BASE] ?? Number.NaN);
  return [
    [what.name, ...medians.map((one) => `${one.toFixed(0)} µs`), ratio.toFixed(2)],
    ['  a second', ...medians.map((one) => Math.round(1e6 / one).toLocaleString('en')), ''],
  ];
}

const heads = LOADS.map(({ locks, waiters }) =>
  locks === 1 ? waiters.toLocaleString('en') : `${locks.toLocaleString('en')} locks × ${waiters}`,
);
printTable('settle: time per decision at the median, and decisions a second, by length of the queue', [
  ['', ...heads, '100,000 / 100'],
  ...CASES.flatMap(rows),
]);
