import type { Plan } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import { describe, expect, it } from 'vitest';
import { storesOf, withProject, type Harness } from '../support/harness.ts';
import { createRunOf, ENGINE, planOf } from '../support/real-engine.ts';

/** A plan whose run number is the counter of a prefix, `none` for the one without a prefix. */
function counting(prefix: string): Plan {
  const expression = prefix === 'none' ? 'counter()' : `counter('${prefix}', 5)`;
  const variables = [{ name: 'count', value: { expression }, readonly: false }];
  return { ...planOf(['A']), name: '$(count)', variables };
}

export function countersSuite(harness: Harness): void {
  const open = storesOf(harness);
  const openWithProject = withProject(open);

  let commands = 0;
  async function numberOf(store: Store, prefix: string, definition = 1): Promise<string | undefined> {
    const command = createRunOf(counting(prefix), {}, { definition: { id: definition, name: 'shop' } });
    const to = { kind: 'trigger', id: 1 } as const;
    const reply = await store.inbox.execute({ to, body: command }, `create ${(commands += 1)}`);
    return reply.ok ? (reply.value as { readonly number: string }).number : reply.refusal.message;
  }

  describe('counters', () => {
    it('are kept for each definition and prefix (EXPR-50)', async () => {
      const store = await openWithProject({ engine: ENGINE });
      const numbers: unknown[] = [];
      for (const prefix of ['a', 'a', 'A', 'none', 'none', 'ä 🚀', 'a'])
        numbers.push(await numberOf(store, prefix));
      numbers.push(await numberOf(store, 'a', 2));
      expect(numbers).toEqual(['5', '6', '5', '0', '1', '5', '7', '5']);
    });

    it('move once for each of many runs at once (EXPR-52, GAP-43)', async () => {
      const store = await openWithProject({ engine: ENGINE });
      const numbers = await Promise.all(Array.from({ length: 20 }, () => numberOf(store, 'a')));
      expect(numbers.map(Number).toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, n) => n + 5),
      );
    });

    it('take the longest prefix that the engine gives', async () => {
      const store = await openWithProject({ engine: ENGINE });
      const prefix = 'Ω'.repeat(255);
      expect([await numberOf(store, prefix), await numberOf(store, prefix)]).toEqual(['5', '6']);
    });

    // Memory has nothing to open again.
    it.skipIf(harness.name === 'memory')('go on when the store is opened again', async () => {
      const place = harness.place();
      const before = await openWithProject({ engine: ENGINE, place });
      expect(await numberOf(before, 'a')).toBe('5');
      await before.close();
      const after = await open({ engine: ENGINE, place });
      expect(await numberOf(after, 'a')).toBe('6');
    });
  });
}
