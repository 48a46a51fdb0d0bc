import type { Store } from '@signalbox/store';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { birth } from '../support/samples.ts';
import { Clock, storesOf, withProject, type Harness } from '../support/harness.ts';
import { script } from '../support/scripted-engine.ts';

const KEY = { run: 1, log: 3 };

export function logsSuite(harness: Harness): void {
  const openWithProject = withProject(storesOf(harness));

  async function withRun(clock: Clock = new Clock()): Promise<Store> {
    const store = await openWithProject({ clock });
    await store.inbox.execute(script({ kind: 'trigger', id: 1 }, { births: [birth(1)] }), 'birth');
    return store;
  }

  describe('logs', () => {
    it('keep lines in order and give ranges', async () => {
      const store = await withRun();
      expect(await store.logs.append(KEY, 1, ['one', 'two'])).toBe(2);
      expect(await store.logs.append(KEY, 3, ['thrée 🚂', 'fo\nur', ''])).toBe(5);
      const all = ['one', 'two', 'thrée 🚂', 'fo\nur', ''];
      expect(await store.logs.lines(KEY)).toEqual(all);
      for (let start = 1; start <= 6; start += 1) {
        for (let end = start - 1; end <= 6; end += 1) {
          expect(await store.logs.lines(KEY, { start, end })).toEqual(all.slice(start - 1, end));
        }
      }
      expect(await store.logs.lines({ run: 1, log: 99 })).toEqual([]);
    });

    it('do not double a batch that is sent again', async () => {
      const store = await withRun();
      await store.logs.append(KEY, 1, ['a', 'b']);
      expect(await store.logs.append(KEY, 1, ['a', 'b'])).toBe(2);
      expect(await store.logs.append(KEY, 2, ['b', 'c'])).toBe(3);
      expect(await store.logs.lines(KEY)).toEqual(['a', 'b', 'c']);
    });

    it('end up the same, however the batches overlap', async () => {
      const store = await withRun();
      let log = 100;
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 30 }),
          fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 9 })), { maxLength: 12 }),
          async (length, batches) => {
            log += 1;
            const key = { run: 1, log };
            const lines = Array.from({ length }, (_, n) => `line ${n}`);
            let count = 0;
            for (const [from, size] of [...batches, [0, length] as const]) {
              const start = Math.min(from, count);
              count = await store.logs.append(key, start + 1, lines.slice(start, start + size));
            }
            expect(await store.logs.lines(key)).toEqual(lines);
          },
        ),
        { numRuns: 15 },
      );
    });

    it('refuse a gap and keep what they have', async () => {
      const store = await withRun();
      await store.logs.append(KEY, 1, ['a']);
      await expect(store.logs.append(KEY, 3, ['c'])).rejects.toMatchObject({ code: 'log-gap' });
      expect(await store.logs.lines(KEY)).toEqual(['a']);
    });

    it('are listed with their sizes and times', async () => {
      const clock = new Clock();
      const store = await withRun(clock);
      const made = clock.now;
      await store.logs.append({ run: 1, log: 2 }, 1, ['a']);
      clock.now += 5;
      await store.logs.append({ run: 1, log: 2 }, 2, ['b']);
      await store.logs.append({ run: 1, log: 1 }, 1, ['c']);
      expect(await store.logs.list(1)).toEqual([
        { log: 1, lineCount: 1, createdAt: clock.now, changedAt: clock.now },
        { log: 2, lineCount: 2, createdAt: made, changedAt: clock.now },
      ]);
    });

    it('belong to a run', async () => {
      const store = await withRun();
      await expect(store.logs.append({ run: 9, log: 1 }, 1, ['a'])).rejects.toMatchObject({
        code: 'not-found',
      });
    });
  });
}
