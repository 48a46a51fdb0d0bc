import { openStore } from '@signalbox/store';
import { describe, expect, it } from 'vitest';
import { folders } from '../support/folders.ts';
import { createRunOf, ENGINE, planOf } from '../support/real-engine.ts';
import { script, scriptedEngine } from '../support/scripted-engine.ts';

const folder = folders();

interface PoolAddress {
  readonly kind: 'pool';
  readonly id: number;
}

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
  }, 120_000);

  it('decides what aggregates ask of each other crosswise; none waits for another (R21)', async () => {
    const store = await openStore({ kind: 'sqlite', folder: folder(), engine: scriptedEngine() });
    const [one, other] = [1, 2].map((id) => ({ kind: 'pool', id }) as const) as [PoolAddress, PoolAddress];
    const asks = (from: PoolAddress, to: PoolAddress) => {
      const answer = script(from, { events: [{ type: 'answered' }] });
      const heard = script(to, { events: [{ type: 'heard' }], mail: [answer] });
      return script(from, { events: [{ type: 'asked' }], mail: [heard] });
    };
    await Promise.all(
      Array.from({ length: 40 }, async (_, n) => {
        await store.inbox.execute(n % 2 === 0 ? asks(one, other) : asks(other, one), `command ${n}`);
      }),
    );
    await store.work({ maxUnits: 1000 });
    for (const pool of [one, other]) {
      const types = (await store.journal.read(pool)).map(({ event }) => (event as { type: string }).type);
      for (const type of ['asked', 'heard', 'answered'])
        expect(types.filter((each) => each === type)).toHaveLength(20);
    }
    expect(await store.inbox.parked()).toEqual([]);
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
