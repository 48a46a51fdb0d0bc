// Decisions per second of the interlocking, with everything in memory: no store, no mail, one lock.
// The queue stays as long as it is: each round the holder releases, the next is granted, a new one asks.
import {
  createInterlocking,
  WholeInterlocking,
  type Interlocking,
  type InterlockingMessage,
  type Outcome,
} from '@signalbox/engine';
import { DEFAULT_LOCK_POLICY, type LockPolicy } from '@signalbox/model';
import { printTable } from '../support/bench.ts';

const PROJECT = 1;
const ROUNDS = 2000;
const WAITERS = [10, 1_000, 10_000];

const POLICIES: readonly (readonly [string, Partial<LockPolicy>, pipelines: number])[] = [
  ['sequential, arrival', { behavior: 'sequential' }, 1],
  ['sequential, runQueueTime', { behavior: 'sequential', orderBy: 'runQueueTime' }, 1],
  ['runLatest, each of its own pipeline', {}, 1_000_000],
  ['capacity 10', { behavior: 'sequential', capacity: 10 }, 1],
];

/** One lock with a queue of constant length. */
class Queue {
  readonly #working: Interlocking = createInterlocking(PROJECT, new WholeInterlocking());
  readonly #pipelines: number;
  readonly #holders: number[] = [];
  #runs = 0;
  decisions = 0;

  constructor(policy: Partial<LockPolicy>, pipelines: number) {
    this.#pipelines = pipelines;
    const resource = { type: 'environment', id: '1' } as const;
    const full = { ...DEFAULT_LOCK_POLICY, ...policy };
    this.#send({ type: 'ConfigureLock', resource, name: 'prod', policy: full, enabled: true, by: 'bench' });
  }

  request(): void {
    this.#runs += 1;
    const run = this.#runs;
    const definition = (run % this.#pipelines) + 1;
    this.#send({
      type: 'LocksRequested',
      requester: { run, definition, stage: 'deploy', attempt: 1, branch: 'main', runQueueTime: run },
      ownLock: false,
      resources: [{ type: 'environment', id: '1', name: 'prod' }],
    });
  }

  release(): void {
    const run = this.#holders.shift();
    if (run === undefined) throw new Error('nobody holds the lock');
    this.#send({ type: 'LocksReleased', run, stage: 'deploy', attempt: 1 });
  }

  #send(message: InterlockingMessage): void {
    this.decisions += 1;
    for (const { to, body } of this.#decide(message).mail) {
      if (to.kind === 'run' && body.type === 'LocksGranted') this.#holders.push(to.id);
    }
  }

  #decide(message: InterlockingMessage): Outcome<unknown> {
    const handled = this.#working.handle(message, 1_000_000 + this.#runs);
    if (handled.kind === 'needs') throw new Error(`lacks ${JSON.stringify(handled.needs)}`);
    return handled.outcome;
  }
}

function measure(policy: Partial<LockPolicy>, pipelines: number, waiters: number): number {
  const queue = new Queue(policy, pipelines);
  for (let count = 0; count < waiters + (policy.capacity ?? 1); count += 1) queue.request();
  const before = queue.decisions;
  const start = process.hrtime.bigint();
  for (let round = 0; round < ROUNDS; round += 1) {
    queue.release();
    queue.request();
  }
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return (queue.decisions - before) / seconds;
}

// Once for the compiler, so that the first figure is not its warm-up.
for (const [, policy, pipelines] of POLICIES) measure(policy, pipelines, 10);

const rows = POLICIES.map(([name, policy, pipelines]) => [
  name,
  ...WAITERS.map((waiters) => Math.round(measure(policy, pipelines, waiters)).toLocaleString('en')),
]);
printTable('settle: decisions per second, by length of the queue', [
  ['', ...WAITERS.map((waiters) => waiters.toLocaleString('en'))],
  ...rows,
]);
