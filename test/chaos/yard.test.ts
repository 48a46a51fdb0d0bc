import { afterAll, describe, it } from 'vitest';
import { findPostgres, type TestServer } from '../../packages/store/test/support/postgres.ts';
import { KILLS, SEED } from './chance.ts';
import { torment } from './torment.ts';
import { judge, whenOver } from './yard/judge.ts';
import { Yard } from './yard/yard.ts';

const AGENTS = 3;

/** Every so many kills of the server an agent is killed, too. */
const AGENT_EVERY = 4;

/** Kills server and agents while bundles, spans, lanes, two slots, protected stages and outside callers are at work. */
async function tormentYard(databaseUrl: string | undefined): Promise<void> {
  let yard: Yard | undefined;
  const inside = (): Yard => {
    if (yard === undefined) throw new Error('The yard is not open.');
    return yard;
  };
  let told = {};
  const { kills, seconds } = await torment({
    up: { agents: AGENTS, agentLease: 30, ...(databaseUrl !== undefined && { databaseUrl }) },
    begin: async (box) => {
      yard = await Yard.open(box);
    },
    act: (box, random) => inside().act(box, random),
    async beforeKill(box, kill) {
      if (kill % AGENT_EVERY === 2) inside().killAgent(box, 1 + (kill % AGENTS));
    },
    async end(box) {
      await whenOver(box, inside());
      told = await judge(box, inside());
    },
  });
  const { agentsKilled, released, outside, cancels, deferred } = inside();
  const callers = outside.count;
  const figures = {
    kills,
    agentsKilled,
    seconds,
    seed: SEED,
    callers,
    cancels,
    deferred: deferred.size,
    released,
  };
  process.stdout.write(
    `${JSON.stringify({ store: databaseUrl === undefined ? 'sqlite' : 'postgres', ...figures, ...told })}\n`,
  );
}

describe(`kill -9 of server and agents, ${KILLS} times in a row in a yard of locks (seed ${SEED})`, () => {
  let postgres: TestServer | undefined;

  afterAll(() => postgres?.stop());

  it('breaks no law on SQLite', async () => tormentYard(undefined), 1_800_000);

  it('breaks no law on PostgreSQL', async (test) => {
    const found = await findPostgres({ durable: true });
    if ('missing' in found) return test.skip(found.missing);
    postgres = found;
    return tormentYard(found.url);
  }, 1_800_000);
});
