import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { findPostgres, type TestServer } from '../../packages/store/test/support/postgres.ts';
import { lockRequests, locks, mostHoldersAtOnce, queueRun, runs } from '../support/queue.ts';
import { freePort, startSignalbox, type Signalbox } from '../support/signalbox.ts';
import { waitUntil } from '../support/wait.ts';

const KILLS = Number(process.env['SIGNALBOX_CHAOS_KILLS'] ?? 20);
const seed = Number(process.env['SIGNALBOX_CHAOS_SEED'] ?? Date.now() % 1_000_000);

/** A small generator, so that the printed seed repeats the moments of the kills. */
function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Kills the server again and again while the demo runs, and queues more runs all the while. */
async function torment(databaseUrl: string | undefined): Promise<void> {
  const random = randomFrom(seed);
  const dataFolder = mkdtempSync(join(tmpdir(), 'signalbox-chaos-'));
  const port = await freePort();
  const start = (): Promise<Signalbox> =>
    startSignalbox({
      agents: 2,
      demo: true,
      dataFolder,
      port,
      ...(databaseUrl !== undefined && { databaseUrl }),
    });
  const acknowledged = new Set<number>();
  const tokens = new Map<number, number>();
  let box = await start();
  await waitUntil('the demo is set up', () => box.output().includes('The demo is set up'));
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await noteTokens(box, tokens);
    const end = Date.now() + 200 + random() * 2500;
    while (Date.now() < end) {
      await queueSome(box, acknowledged);
      await pause(200 + random() * 400);
    }
    await box.kill();
    box = await start();
  }
  await waitUntil(
    'every acknowledged run is there and over',
    async () => {
      const all = await runs(box, 'Demo');
      const over = new Set(all.filter((run) => run.status === 'completed').map((run) => run.id));
      return (
        all.length > 0 &&
        all.every((run) => over.has(run.id)) &&
        [...acknowledged].every((id) => over.has(id))
      );
    },
    600_000,
  );
  await judge(box, tokens);
  await box.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}

/** One more run, so that the queue never runs dry; while the server is down nothing is acknowledged. */
async function queueSome(box: Signalbox, acknowledged: Set<number>): Promise<void> {
  if (acknowledged.size >= 40) return;
  const quick = { buildSeconds: '0.2', deploySeconds: '0.4' };
  const id = await queueRun(box, 'Demo', 1 + (acknowledged.size % 2), quick).catch(() => undefined);
  if (id !== undefined) acknowledged.add(id);
}

/** Tokens never fall, whatever happens between two looks. */
async function noteTokens(box: Signalbox, tokens: Map<number, number>): Promise<void> {
  for (const lock of await locks(box, 'Demo')) {
    expect(lock.lastToken, `the last token of ${lock.name}`).toBeGreaterThanOrEqual(tokens.get(lock.id) ?? 0);
    tokens.set(lock.id, lock.lastToken);
  }
}

async function judge(box: Signalbox, tokens: Map<number, number>): Promise<void> {
  await noteTokens(box, tokens);
  for (const lock of await locks(box, 'Demo')) {
    expect(lock.holders, `holders of ${lock.name}`).toEqual([]);
    expect(lock.waitersTotal, `waiters of ${lock.name}`).toBe(0);
    const requests = (await lockRequests(box, 'Demo')).filter((request) => request.lockId === lock.id);
    expect(mostHoldersAtOnce(requests)).toBeLessThanOrEqual(lock.policy.capacity);
    const granted = requests.filter((request) => request.token !== undefined);
    const inOrder = [...granted].sort(
      (a, b) => Date.parse(a.assignTime ?? '') - Date.parse(b.assignTime ?? ''),
    );
    const given = inOrder.map((request) => request.token ?? 0);
    expect(new Set(given).size, 'tokens are never given twice').toBe(given.length);
    expect(given).toEqual([...given].sort((a, b) => a - b));
  }
}

describe(`kill -9 of the server, ${KILLS} times in a row during the demo (seed ${seed})`, () => {
  let postgres: TestServer | undefined;

  afterAll(() => postgres?.stop());

  it('loses nothing on SQLite', async () => torment(undefined), 900_000);

  it('loses nothing on PostgreSQL', async (test) => {
    const found = await findPostgres({ durable: true });
    if ('missing' in found) return test.skip(found.missing);
    postgres = found;
    return torment(found.url);
  }, 900_000);
});
