import type { Effect } from '@signalbox/engine';
import type { Store } from '@signalbox/store';
import { describe, expect, it } from 'vitest';
import { Clock, settle, storesOf, type Harness } from '../support/harness.ts';
import { script } from '../support/scripted-engine.ts';

export function effectsSuite(harness: Harness): void {
  const open = storesOf(harness);

  async function withEffects(clock: Clock, keys: readonly string[]): Promise<Store> {
    const store = await open({ clock });
    await store.inbox.submit(keys.map((key) => script({ kind: 'run', id: 1 }, { effects: [effect(key)] })));
    await settle(store);
    return store;
  }

  describe('effects', () => {
    it('are taken in order, once, and gone when they are done', async () => {
      const clock = new Clock();
      const store = await withEffects(clock, ['a', 'b', 'c']);
      const taken = await store.effects.take({ limit: 2, lease: 1000 });
      expect(taken.map(({ effect: { key }, attempt }) => [key, attempt])).toEqual([
        ['a', 1],
        ['b', 1],
      ]);
      expect(taken[0]?.effect).toEqual(effect('a'));
      for (const { id } of taken) await store.effects.complete(id);
      const rest = await store.effects.take({ limit: 9, lease: 1000 });
      expect(rest.map(({ effect: { key } }) => key)).toEqual(['c']);
      for (const { id } of rest) await store.effects.complete(id);
      expect(await store.effects.nextDue()).toBeUndefined();
    });

    it('come back when their taker is silent', async () => {
      const clock = new Clock();
      const store = await withEffects(clock, ['a']);
      await store.effects.take({ limit: 1, lease: 1000 });
      expect(await store.effects.take({ limit: 1, lease: 1000 })).toEqual([]);
      expect(await store.effects.nextDue()).toBe(clock.now + 1000);
      clock.now += 1000;
      expect(await store.effects.take({ limit: 1, lease: 1000 })).toMatchObject([{ attempt: 2 }]);
    });

    it('wait twice as long after each failure', async () => {
      const clock = new Clock();
      const store = await withEffects(clock, ['a']);
      const waits: number[] = [];
      for (let failure = 0; failure < 11; failure += 1) {
        const [taken] = await store.effects.take({ limit: 1, lease: 60_000 });
        await store.effects.fail(taken?.id ?? 0, 'no answer');
        const due = (await store.effects.nextDue()) ?? 0;
        waits.push((due - clock.now) / 1000);
        clock.now = due;
      }
      expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    });

    it('may be put off, with a note for the next taker, and be looked at meanwhile', async () => {
      const clock = new Clock();
      const store = await withEffects(clock, ['a']);
      expect(await store.effects.find('a')).toEqual({ attempt: 0, due: 0 });
      const [first] = await store.effects.take({ limit: 1, lease: 1000 });
      expect(first?.note).toBeUndefined();
      await store.effects.postpone(first?.id ?? 0, { after: 60_000, note: 'not yet' });
      expect(await store.effects.find('a')).toEqual({ attempt: 1, due: clock.now + 60_000, note: 'not yet' });
      expect(await store.effects.take({ limit: 1, lease: 1000 })).toEqual([]);
      clock.now += 60_000;
      const [again] = await store.effects.take({ limit: 1, lease: 1000 });
      expect(again).toMatchObject({ attempt: 2, note: 'not yet' });
      await store.effects.fail(again?.id ?? 0, 'no answer');
      expect(await store.effects.find('a')).toMatchObject({ attempt: 2, note: 'no answer' });
      await store.effects.complete(again?.id ?? 0);
      expect(await store.effects.find('a')).toBeUndefined();
      await store.effects.postpone(again?.id ?? 0, { after: 1, note: 'late' });
      expect(await store.effects.nextDue()).toBeUndefined();
    });

    it('with the same key are one while it waits', async () => {
      const store = await withEffects(new Clock(), ['a', 'a']);
      expect(await store.effects.take({ limit: 9, lease: 1000 })).toHaveLength(1);
    });
  });
}

function effect(key: string): Effect {
  return {
    key,
    kind: 'deploymentRecord',
    environment: 'prod',
    project: 1,
    run: 1,
    stage: 'Deploy',
    stageAttempt: 1,
    job: 'Web',
    queueTime: 1,
    startTime: 2,
    finishTime: 3,
    result: 'succeeded',
  };
}
