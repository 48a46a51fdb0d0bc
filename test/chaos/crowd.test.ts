import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, it } from 'vitest';
import { findPostgres, type TestServer } from '../../packages/store/test/support/postgres.ts';
import { below } from '../support/random.ts';
import { freePort, startSignalbox, type UpOptions } from '../support/signalbox.ts';
import { chance, SEED } from './chance.ts';
import { Account } from './crowd/account.ts';
import { Crowd, LEASE } from './crowd/crowd.ts';
import { Faults, type Scene } from './crowd/faults.ts';
import { JOBS_PER_RUN, judge, whenOver } from './crowd/judge.ts';

/** How many jobs there are. */
const JOBS = Number(process.env['SIGNALBOX_CHAOS_JOBS'] ?? 200);
const AGENTS = 4;

/** Queues the jobs a few at a time; between them something happens. */
async function queueAll(scene: Scene, faults: Faults, account: Account): Promise<void> {
  const { crowd, random } = scene;
  const every = Math.max(1, Math.floor(JOBS / JOBS_PER_RUN / (faults.left + 1)));
  while (crowd.queued.length * JOBS_PER_RUN < JOBS) {
    for (let one = 0; one < every; one += 1) await crowd.queue(scene.box, random);
    await pause(below(random, 2000));
    account.tell(`${crowd.queued.length} runs queued`);
    const fault = await faults.next(scene);
    if (fault !== undefined) account.tell(`${fault}, and mended`);
  }
}

/** Queues jobs behind three locks and lets everything happen meanwhile. */
async function torment(store: 'sqlite' | 'postgres', databaseUrl?: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-crowd-'));
  const account = new Account(`crowd-${store}`);
  account.tell(`${JOBS} jobs, seed ${SEED}`);
  process.stdout.write(`seed ${SEED}, told in ${account.file}\n`);
  const options: UpOptions = {
    agents: 0,
    agentLease: LEASE,
    dataFolder: join(folder, 'data'),
    port: await freePort(),
    ...(databaseUrl !== undefined && { databaseUrl }),
  };
  const box = await startSignalbox(options);
  const crowd = new Crowd(folder);
  const scene: Scene = { box, options, crowd, random: chance() };
  try {
    await crowd.begin(scene.box, AGENTS);
    const faults = new Faults();
    await queueAll(scene, faults, account);
    const all = await whenOver(scene.box, crowd, account);
    const verdict = await judge(scene.box, crowd, all);
    const told = JSON.stringify({ store, seed: SEED, seconds: account.seconds, ...verdict, did: faults.did });
    account.tell(told);
    process.stdout.write(`${told}\n`);
  } catch (error) {
    account.tell(String(error));
    account.tell(`server:\n${scene.box.output()}\n${crowd.output()}`);
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
    async () => torment('sqlite'),
    1_800_000,
  );

  it('ends every job once, cleans up, and leaves every lock free on PostgreSQL (LAW-8, LAW-10, INV-52)', async (test) => {
    const found = await findPostgres({ durable: true });
    if ('missing' in found) return test.skip(found.missing);
    postgres = found;
    return torment('postgres', found.url);
  }, 1_800_000);
});
