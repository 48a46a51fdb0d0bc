import type { BundleRow } from '@signalbox/engine';
import { describe, expect, it } from 'vitest';
import { expectFolded } from '../history/story.ts';
import { Clock, storesOf, withProject, type Harness } from '../support/harness.ts';
import { ENGINE } from '../support/real-engine.ts';
import { SpanWorld } from '../support/span-world.ts';

/** `Deploy inUse left`, `West queued inside`: a row in few words. */
function words({ requester, status, span, inside }: BundleRow): string {
  const flags = [span?.left && 'left', span?.over && 'over', inside && 'inside'];
  return [requester.stage, status, ...flags.filter(Boolean)].join(' ');
}

/** A lock that a run holds over several stages; where a store lasts, it is opened again after every step (LOCK-65). */
export function spansSuite(harness: Harness): void {
  const open = storesOf(harness);
  const openWithProject = withProject(open);

  async function world(): Promise<{ readonly w: SpanWorld; readonly reopen: () => Promise<void> }> {
    const clock = new Clock();
    const place = harness.place();
    const w = new SpanWorld(await openWithProject({ engine: ENGINE, clock, place }));
    await w.begin();
    const reopen = async (): Promise<void> => {
      const before = [await w.openOf(1), await w.openOf(2), await w.store.locks.holders(1, 1)];
      if (place !== undefined) {
        await w.store.close();
        w.store = await open({ engine: ENGINE, clock, place });
      }
      expect([await w.openOf(1), await w.openOf(2), await w.store.locks.holders(1, 1)]).toEqual(before);
      await expectFolded(w.store);
    };
    return { w, reopen };
  }

  describe('spans', () => {
    it('last over a restart between any two of their stages, with who is inside and who waits there', async () => {
      const { w, reopen } = await world();
      const seen: (readonly string[])[] = [];
      for (const stage of ['1 Deploy', '1 East', '1 West', '1 Verify', '2 Deploy']) {
        await reopen();
        seen.push((await w.openOf(1)).map(words));
        expect(await w.finish()).toBe(stage);
      }
      expect(seen).toEqual([
        ['Deploy inUse'],
        ['Deploy inUse left', 'East inUse inside', 'West queued inside'],
        ['Deploy inUse left', 'West inUse inside'],
        ['Deploy inUse left', 'Verify inUse inside'],
        [],
      ]);
    });

    it('are one holder and no waiter of their lock, and the next run gets it when they are over', async () => {
      const { w, reopen } = await world();
      await w.finish();
      await reopen();
      expect((await w.store.locks.holders(1, 1)).map(words)).toEqual(['Deploy inUse left']);
      expect((await w.store.locks.waiters(1, 1)).items.map(({ bundle }) => bundle.requester.run)).toEqual([
        2,
      ]);
      expect(await w.store.locks.waiting(1, 1)).toBe(1);
      for (const _ of ['East', 'West', 'Verify']) await w.finish();
      await reopen();
      expect(await w.openOf(1)).toEqual([]);
      const [holder] = await w.store.locks.holders(1, 1);
      expect(holder).toMatchObject({ requester: { run: 2 }, requests: [{ token: 2 }] });
    });
  });
}
