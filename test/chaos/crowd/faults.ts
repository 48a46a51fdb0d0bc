import { setTimeout as pause } from 'node:timers/promises';
import { below, pick, type Random } from '../../support/random.ts';
import { startSignalbox, type Signalbox, type UpOptions } from '../../support/signalbox.ts';
import { LEASE, type Crowd } from './crowd.ts';

/** What can happen; `long` is longer than a lease. */
export type Fault =
  'kill server' | 'kill agent' | 'kill both' | 'cut' | 'hole' | 'long cut' | 'long hole' | 'slow';

/** How often each happens while 200 jobs run. */
const OFTEN: Readonly<Record<Fault, number>> = {
  'kill server': 5,
  'kill agent': 3,
  'kill both': 1,
  cut: 4,
  hole: 3,
  'long cut': 2,
  'long hole': 2,
  slow: 2,
};

/** A server that is killed and started again, and its crowd. */
export interface Scene {
  box: Signalbox;
  readonly options: UpOptions;
  readonly crowd: Crowd;
  readonly random: Random;
}

/** The faults of one torment; chance decides their order. */
export class Faults {
  readonly #left: Fault[] = Object.entries(OFTEN).flatMap(([fault, count]) =>
    Array.from({ length: count }, () => fault as Fault),
  );
  /** How often each has happened. */
  readonly did: Partial<Record<Fault, number>> = {};

  /** How many are still to come. */
  get left(): number {
    return this.#left.length;
  }

  /** Lets the next one happen, and waits until it is mended; answers which. */
  async next(scene: Scene): Promise<Fault | undefined> {
    if (this.#left.length === 0) return undefined;
    const fault = pick(scene.random, this.#left);
    this.#left.splice(this.#left.indexOf(fault), 1);
    await happen(fault, scene);
    this.did[fault] = (this.did[fault] ?? 0) + 1;
    return fault;
  }
}

async function happen(fault: Fault, scene: Scene): Promise<void> {
  const { crowd, random } = scene;
  switch (fault) {
    case 'kill server':
      return killServer(scene);
    case 'kill agent':
      return crowd.killOne(random, pause);
    case 'kill both':
      await Promise.all([killServer(scene), crowd.killOne(random, pause)]);
      return;
    case 'cut':
    case 'hole':
      return crowd.disturb(random, { state: fault, ms: 500 + below(random, 4000) });
    case 'long cut':
    case 'long hole':
      return crowd.disturb(random, { state: fault === 'long cut' ? 'cut' : 'hole', ms: (LEASE + 6) * 1000 });
    case 'slow':
      crowd.slow(random);
  }
}

async function killServer(scene: Scene): Promise<void> {
  await scene.box.kill();
  await pause(below(scene.random, 1500));
  scene.box = await startSignalbox(scene.options);
}
