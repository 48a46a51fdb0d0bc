import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, it } from 'vitest';
import { findPostgres, type TestServer } from '../../packages/store/test/support/postgres.ts';
import { below, pick, type Random } from '../support/random.ts';
import { freePort, startSignalbox, type Signalbox, type UpOptions } from '../support/signalbox.ts';
import { chance, SEED } from './chance.ts';
import { Crowd, LEASE } from './crowd/crowd.ts';
import { JOBS_PER_RUN, judge, whenOver } from './crowd/judge.ts';

/** How many jobs there are. */
const JOBS = Number(process.env['SIGNALBOX_CHAOS_JOBS'] ?? 200);
const AGENTS = 4;

/** What happens while they run, in an order that chance decides. */
const EVENTS: readonly string[] = [
  ...Array.from({ length: 5 }, () => 'kill server'),
  ...Array.from({ length: 3 }, () => 'kill agent'),
  'kill both',
  ...Array.from({ length: 5 }, () => 'cut'),
  ...Array.from({ length: 4 }, () => 'hole'),
  'long cut',
  'long hole',
  'slow',
  'slow',
];

interface Scene {
  box: Signalbox;
  readonly options: UpOptions;
  readonly crowd: Crowd;
  readonly random: Random;
}

async function killServer(scene: Scene): Promise<void> {
  await scene.box.kill();
  await pause(below(scene.random, 1500));
  scene.box = await startSignalbox(scene.options);
}

async function happen(event: string, scene: Scene): Promise<void> {
  const { crowd, random } = scene;
  switch (event) {
    case 'kill server':
      return killServer(scene);
    case 'kill agent':
      return crowd.killOne(random, pause);
    case 'kill both':
      await Promise.all([killServer(scene), crowd.killOne(random, pause)]);
      return;
    case 'cut':
    case 'hole':
      return crowd.disturb(random, { state: event, ms: 500 + below(random, 4000) });
    case 'long cut':
    case 'long hole':
      return crowd.disturb(random, { state: event === 'long cut' ? 'cut' : 'hole', ms: (LEASE + 6) * 1000 });
    default:
      return crowd.slow(random);
  }
}

/** Queues jobs behind three locks and lets everything happen meanwhile. */
async function torment(databaseUrl: string | undefined): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-crowd-'));
  const options: UpOptions = {
    agents: 0,
    agentLease: LEASE,
    dataFolder: join(folder, 'data'),
    port: await freePort(),
    ...(databaseUrl !== undefined && { databaseUrl }),
  };
  const scene: Scene = {
    box: await startSignalbox(options),
    options,
    crowd: new Crowd(folder),
    random: chance(),
  };
  const { crowd, random } = scene;
  const begin = Date.now();
  try {
    await crowd.begin(scene.box, AGENTS);
    const left = [...EVENTS];
    const every = Math.max(1, Math.floor(JOBS / JOBS_PER_RUN / (EVENTS.length + 1)));
    while (crowd.queued.length * JOBS_PER_RUN < JOBS) {
      for (let one = 0; one < every; one += 1) await crowd.queue(scene.box, random);
      await pause(below(random, 2000));
      const event = left.length === 0 ? undefined : pick(random, left);
      if (event === undefined) continue;
      left.splice(left.indexOf(event), 1);
      await happen(event, scene);
    }
    const all = await whenOver(scene.box, crowd);
    const verdict = await judge(scene.box, crowd, all);
    const seconds = Math.round((Date.now() - begin) / 1000);
    const store = databaseUrl === undefined ? 'sqlite' : 'postgres';
    process.stdout.write(`${JSON.stringify({ store, seed: SEED, seconds, ...verdict, did: crowd.did })}\n`);
  } catch (error) {
    process.stderr.write(crowd.output());
    throw error;
  } finally {
    await crowd.end();
    await scene.box.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

describe(`${JOBS} jobs on ${AGENTS} agents behind 3 locks while everything is killed and cut (seed ${SEED})`, () => {
  let postgres: TestServer | undefined;

  afterAll(() => postgres?.stop());

  it(
    'ends every job once, cleans up, and leaves every lock free on SQLite (LAW-8, LAW-10, INV-52)',
    async () => torment(undefined),
    1_800_000,
  );

  it('ends every job once, cleans up, and leaves every lock free on PostgreSQL (LAW-8, LAW-10, INV-52)', async (test) => {
    const found = await findPostgres({ durable: true });
    if ('missing' in found) return test.skip(found.missing);
    postgres = found;
    return torment(found.url);
  }, 1_800_000);
});
