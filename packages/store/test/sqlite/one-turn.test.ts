import { openStore } from '@signalbox/store';
import { describe, expect, it } from 'vitest';
import { folders } from '../support/folders.ts';
import { createRunOf, ENGINE, planOf } from '../support/real-engine.ts';

const folder = folders();

describe('one turn of the event loop', () => {
  it('may touch more runs than are remembered', async () => {
    const store = await openStore({ kind: 'sqlite', folder: folder(), engine: ENGINE });
    await store.projects.create({ guid: 'a', name: 'Demo', description: '' });
    const count = 520;
    const body = createRunOf(planOf(['Deploy']), { Deploy: ['x'] });
    // Each run asks for its locks, and hears of them only after all the others have asked.
    const created = store.inbox.submit(
      Array.from({ length: count }, () => ({ to: { kind: 'trigger', id: 1 }, body }) as const),
    );
    await store.work({ maxUnits: 100_000 });
    await created;
    expect(await store.inbox.parked()).toEqual([]);
    const { items } = await store.runs.list(1, { statuses: ['inProgress'], limit: 5000 });
    expect(items).toHaveLength(count);
    expect(items.filter(({ stages }) => stages[0]?.phase !== 'running')).toEqual([]);
    for (const id of [1, count / 2, count]) {
      const journal = await store.journal.read({ kind: 'run', id });
      const types = journal.map(({ event }) => event.type);
      expect(types.filter((type) => type === 'StageStarted')).toHaveLength(1);
    }
    await store.close();
  }, 20_000);

  it('refuses one of its commands and keeps the others', async () => {
    const store = await openStore({ kind: 'sqlite', folder: folder(), engine: ENGINE });
    const made = await Promise.allSettled(
      ['a', 'A', 'b'].map((name, n) => store.projects.create({ guid: `g${n}`, name, description: '' })),
    );
    expect(made.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await store.projects.list()).map(({ name }) => name)).toEqual(['a', 'b']);
    await store.close();
  });
});
