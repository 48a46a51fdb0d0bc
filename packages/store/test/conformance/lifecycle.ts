import { describe, expect, it } from 'vitest';
import { SCHEMA_VERSION } from '../../src/sql/migrations/index.ts';
import { birth, bundle, lock } from '../support/samples.ts';
import { Clock, settle, storesOf, withProject, type Harness } from '../support/harness.ts';
import { script, scriptedEngine, type Handling } from '../support/scripted-engine.ts';

export function lifecycleSuite(harness: Harness): void {
  const open = storesOf(harness);
  const openWithProject = withProject(open);

  describe('health', () => {
    it('says that the store can write, and that it cannot once it is closed', async () => {
      const store = await open();
      expect(await store.health()).toEqual({
        engine: harness.name,
        writable: true,
        schemaVersion: SCHEMA_VERSION,
      });
      await store.close();
      expect(await store.health()).toMatchObject({ writable: false });
    });
  });

  describe('close', () => {
    it('refuses everything afterwards, and may be repeated', async () => {
      const store = await open();
      await store.close();
      await store.close();
      const attempts: readonly (() => Promise<unknown>)[] = [
        () => store.projects.list(),
        () => store.inbox.submit([]),
        () => store.inbox.execute(script({ kind: 'pool', id: 1 }, {}), 'k'),
        () => store.settings.set('a', 'b'),
        () => store.work(),
      ];
      for (const attempt of attempts) {
        await expect((async () => attempt())()).rejects.toMatchObject({ code: 'closed' });
      }
    });
  });

  // Memory has nothing to open again.
  if (harness.name === 'memory') return;

  describe('opening again', () => {
    it('finds everything that was acknowledged, and timers that became due meanwhile', async () => {
      const place = harness.place();
      const clock = new Clock();
      const before = await openWithProject({ clock, place });
      await before.inbox.execute(script({ kind: 'trigger', id: 1 }, { births: [birth(1)] }), 'birth');
      await before.inbox.execute(
        script(
          { kind: 'interlocking', id: 1 },
          {
            changes: [
              { table: 'lock', row: lock(1) },
              { table: 'bundle', row: bundle(1) },
            ],
          },
        ),
        'lock',
      );
      await before.inbox.submit([
        script({ kind: 'pool', id: 1 }, { events: [{ type: 'rang' }] }, clock.now + 100),
      ]);
      await before.close();
      clock.now += 200;
      const handled: Handling[] = [];
      const after = await open({ clock, place, engine: scriptedEngine(handled) });
      expect(await after.projects.find('demo')).toMatchObject({ id: 1 });
      expect(await after.runs.get(1)).toMatchObject({ number: '2026.1' });
      expect((await after.locks.waiters(1, 1)).items).toMatchObject([{ bundle: { id: 1 }, position: 1 }]);
      await settle(after);
      expect(handled.map(({ script: { events } }) => events)).toEqual([[{ type: 'rang' }]]);
      const again = script({ kind: 'trigger', id: 1 }, { births: [birth(1)] });
      expect(await after.inbox.execute(again, 'birth')).toEqual({ ok: true, value: null });
    });

    it('goes on with versions where the journal ended', async () => {
      const place = harness.place();
      const address = { kind: 'pool', id: 1 } as const;
      for (const round of [1, 2, 3]) {
        const store = await open({ place });
        await store.inbox.execute(script(address, { events: [{ type: 'e' }] }), `k${round}`);
        expect(await store.journal.read(address)).toHaveLength(round);
        await store.close();
      }
    });
  });
}
