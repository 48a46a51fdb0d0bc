import type { RewrittenTexts, Store } from '@signalbox/store';
import { describe, expect, it } from 'vitest';
import { createRunOf, ENGINE, planOf } from '../support/real-engine.ts';
import { storesOf, withProject, type Harness } from '../support/harness.ts';

const OLD = '{old}';
const renew = (text: string): string => text.replaceAll(OLD, '{new}');

export function textsSuite(harness: Harness): void {
  const openWithProject = withProject(storesOf(harness));

  // Memory has no texts that outlive its process.
  describe.skipIf(harness.name === 'memory')('texts', () => {
    it('are changed everywhere: settings, library, runs with their plans, journal', async () => {
      const store = await withOldTexts(await openWithProject({ engine: ENGINE }));
      expect(await rounds(store, 7)).toBeGreaterThan(5);
      expect(await rounds(store, 1000)).toBe(0);
      expect(await store.settings.get('a')).toBe('x {new} y');
      expect((await store.connections.find(1, 'c'))?.secret).toBe('{new}');
      expect((await store.variableGroups.find(1, 'g'))?.variables['v']?.value).toBe('{new}');
      const { entries } = await store.journal.feed(undefined, 1000);
      const kept = JSON.stringify([entries, await store.runs.get(1), await store.runs.plan(1)]);
      expect(kept).toContain('{new}');
      expect(kept).not.toContain(OLD);
    });

    it('stay new when what was remembered of them is written again', async () => {
      const store = await withOldTexts(await openWithProject({ engine: ENGINE }));
      await rounds(store, 1000);
      const cancel = { type: 'Cancel', by: 'ann' } as const;
      await store.inbox.execute({ to: { kind: 'run', id: 1 }, body: cancel }, 'cancel');
      while ((await store.work()).more);
      expect(JSON.stringify(await store.runs.get(1))).not.toContain(OLD);
      expect(await rounds(store, 1000)).toBe(0);
    });

    it('are gone on with behind any row, also by another process', async () => {
      const store = await openWithProject();
      for (const key of ['a', 'b', 'c']) await store.settings.set(key, OLD);
      let next: string | undefined;
      do next = (await store.texts.rewrite(next, { limit: 1, change: renew })).next;
      while ((await store.settings.get('a')) === OLD);
      expect(await store.settings.get('b')).toBe(OLD);
      while (next !== undefined) next = (await store.texts.rewrite(next, { limit: 1, change: renew })).next;
      expect(await store.settings.get('c')).toBe('{new}');
      await expect(store.texts.rewrite('nonsense', { limit: 1, change: renew })).rejects.toMatchObject({
        code: 'bad-cursor',
      });
    });
  });
}

/** Rewrites everything once; answers how many rows were changed. */
async function rounds(store: Store, limit: number): Promise<number> {
  let [next, changed]: [string | undefined, number] = [undefined, 0];
  do {
    const step: RewrittenTexts = await store.texts.rewrite(next, { limit, change: renew });
    [next, changed] = [step.next, changed + step.changed];
  } while (next !== undefined);
  return changed;
}

async function withOldTexts(store: Store): Promise<Store> {
  await store.settings.set('a', `x ${OLD} y`);
  await store.connections.create(1, {
    guid: 'g-1',
    name: 'c',
    description: '',
    url: 'https://example.com',
    scheme: 'Token',
    username: '',
    secret: OLD,
    by: 'ann',
  });
  await store.variableGroups.create(1, {
    name: 'g',
    description: '',
    variables: { v: { value: OLD, secret: true } },
    by: 'ann',
  });
  const variables = [{ name: 'hidden', value: OLD, readonly: false, secret: true as const }];
  const command = createRunOf(
    { ...planOf(['A']), variables },
    {},
    { variables: { given: { value: OLD, secret: true } } },
  );
  const reply = await store.inbox.execute({ to: { kind: 'trigger', id: 1 }, body: command }, 'create');
  if (!reply.ok) throw new Error(reply.refusal.message);
  while ((await store.work()).more);
  return store;
}
