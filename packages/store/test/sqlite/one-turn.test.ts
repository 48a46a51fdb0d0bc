import { openStore } from '@signalbox/store';
import { describe, expect, it } from 'vitest';
import { folders } from '../support/folders.ts';
import { createRunOf, ENGINE, planOf } from '../support/real-engine.ts';

const folder = folders();

describe('one turn of the event loop', () => {
  it('may touch more runs than are remembered', async () => {
    const store = await openStore({ kind: 'sqlite', folder: folder(), engine: ENGINE });
    await store.projects.create({ guid: 'a', name: 'Demo', description: '' });
    const count = 540;
    const body = createRunOf(planOf(['Build', 'Deploy']), { Deploy: ['x'] });
    const ids = Array.from({ length: count }, (_, n) => n + 1);
    await Promise.all(ids.map((n) => store.inbox.execute({ to: { kind: 'trigger', id: 1 }, body }, `c${n}`)));
    await Promise.all(
      ids.map((id) =>
        store.inbox.execute({ to: { kind: 'run', id }, body: { type: 'Cancel', by: 'Ann' } }, `x${id}`),
      ),
    );
    while ((await store.work()).more);
    expect(await store.inbox.parked()).toEqual([]);
    const done = await store.runs.list(1, { statuses: ['completed'], limit: 5000 });
    expect(done.items).toHaveLength(count);
    for (const id of ids) {
      const journal = await store.journal.read({ kind: 'run', id });
      expect(journal.filter(({ event }) => event.type === 'RunCompleted')).toHaveLength(1);
    }
    await store.close();
  });

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
