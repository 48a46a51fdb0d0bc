import { openStore, type Store } from '@signalbox/store';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { folders } from '../support/folders.ts';
import { Clock } from '../support/harness.ts';
import { findPostgres } from '../support/postgres.ts';
import { ENGINE } from '../support/real-engine.ts';
import { expectFolded, journals, Player, stories, type Act } from './story.ts';

const folder = folders();
const server = await findPostgres();
let schemas = 0;

const opening: Readonly<Record<string, (clock: () => number) => Promise<Store>>> = {
  memory: (clock) => openStore({ kind: 'memory', engine: ENGINE, clock }),
  sqlite: (clock) => openStore({ kind: 'sqlite', engine: ENGINE, clock, folder: folder() }),
  ...('url' in server && {
    // One connection: one worker, so that the order of units is given.
    postgres: (clock) =>
      openStore({
        kind: 'postgres',
        engine: ENGINE,
        clock,
        url: server.url,
        schema: `h${process.pid}_${(schemas += 1)}`,
        connections: 1,
      }),
  }),
};

afterAll(() => {
  if ('stop' in server) server.stop();
}, 120_000);

async function play(name: string, story: readonly Act[]): Promise<Awaited<ReturnType<typeof journals>>> {
  const clock = new Clock();
  const store = await opening[name]?.(clock.read);
  if (store === undefined) throw new Error(`no store ${name}`);
  try {
    await new Player(store, clock).play(story);
    await expectFolded(store);
    return await journals(store);
  } finally {
    await store.close();
  }
}

describe('the same story', () => {
  const seen = new Set<string>();
  const note = (all: Awaited<ReturnType<typeof journals>>): typeof all => {
    for (const journal of Object.values(all)) for (const { event } of journal) seen.add(event.type);
    return all;
  };

  it('gives the same journals in memory and on SQLite, and folds to the rows', async () => {
    await fc.assert(
      fc.asyncProperty(stories(60), async (story) => {
        expect(await play('sqlite', story)).toEqual(note(await play('memory', story)));
      }),
      { numRuns: 25 },
    );
    // Stories in which nothing happens would prove nothing.
    for (const type of ['BundleGranted', 'BundleFinished', 'RunCompleted']) {
      expect(seen).toContain(type);
    }
  }, 120_000);

  it.skipIf('missing' in server)(
    `gives the same journals on PostgreSQL${'missing' in server ? ` (not tested: ${server.missing})` : ''}`,
    async () => {
      await fc.assert(
        fc.asyncProperty(stories(60), async (story) => {
          expect(await play('postgres', story)).toEqual(await play('memory', story));
        }),
        { numRuns: 6 },
      );
    },
    60_000,
  );
});
