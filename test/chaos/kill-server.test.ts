import { afterAll, describe, it } from 'vitest';
import { findPostgres, type TestServer } from '../../packages/store/test/support/postgres.ts';
import { waitUntil } from '../support/wait.ts';
import { KILLS, SEED } from './chance.ts';
import { Demo } from './demo.ts';
import { torment } from './torment.ts';

/** Kills the server again and again while the demo runs, and queues more runs all the while. */
async function tormentDemo(databaseUrl: string | undefined): Promise<void> {
  const demo = new Demo();
  await torment({
    up: { agents: 2, demo: true, ...(databaseUrl !== undefined && { databaseUrl }) },
    begin: (box) => waitUntil('the demo is set up', () => box.output().includes('The demo is set up')),
    act: (box) => demo.queueSome(box),
    beforeKill: (box) => demo.noteTokens(box),
    async end(box) {
      await demo.whenOver(box);
      await demo.judge(box);
    },
  });
}

describe(`kill -9 of the server, ${KILLS} times in a row during the demo (seed ${SEED})`, () => {
  let postgres: TestServer | undefined;

  afterAll(() => postgres?.stop());

  it('loses nothing on SQLite', async () => tormentDemo(undefined), 900_000);

  it('loses nothing on PostgreSQL', async (test) => {
    const found = await findPostgres({ durable: true });
    if ('missing' in found) return test.skip(found.missing);
    postgres = found;
    return tormentDemo(found.url);
  }, 900_000);
});
