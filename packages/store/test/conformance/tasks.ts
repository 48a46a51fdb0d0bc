import type { TaskManifest } from '@signalbox/model';
import { describe, expect, it } from 'vitest';
import { Clock, storesOf, withProject, type Harness } from '../support/harness.ts';

const ID = '0f077e3a-af59-496d-81bc-ad971b7464e0';
const HASH = 'a'.repeat(64);

export function tasksSuite(harness: Harness): void {
  const openWithProject = withProject(storesOf(harness));

  describe('task packages', () => {
    it('stand beside each other by version, the newest first, and a version can be replaced (STEPY-6)', async () => {
      const clock = new Clock();
      const store = await openWithProject({ clock });
      const by = 'ann';
      for (const version of ['1.9.0', '2.0.0', '1.10.0']) {
        await store.taskPackages.install({ manifest: manifest(version), sha256: HASH, size: 7, by });
      }
      const listed = await store.taskPackages.list();
      expect(listed.map((one) => one.manifest.version)).toEqual(['2.0.0', '1.10.0', '1.9.0']);
      clock.now += 5;
      const again = { manifest: manifest('1.9.0'), sha256: 'b'.repeat(64), size: 8, by: 'bob' };
      const replaced = await store.taskPackages.install(again);
      expect(replaced).toMatchObject({
        sha256: again.sha256,
        size: 8,
        installedBy: 'bob',
        installedAt: clock.now,
      });
      expect(await store.taskPackages.get(ID.toUpperCase(), '1.9.0')).toEqual(replaced);
      expect(replaced.manifest).toEqual(manifest('1.9.0'));
      expect(await store.taskPackages.remove(ID, '1.9.0')).toBe(true);
      expect(await store.taskPackages.remove(ID, '1.9.0')).toBe(false);
      expect(await store.taskPackages.get(ID, '1.9.0')).toBeUndefined();
    });
  });

  describe('secure files', () => {
    it('have unique names in their project, are found in any letter case, listed and removed', async () => {
      const store = await openWithProject();
      const file = (name: string, guid: string) => ({ name, guid, sha256: HASH, size: 3, by: 'ann' });
      const made = await store.secureFiles.create(1, file('Prod.pfx', 'ABC-1'));
      expect(made).toMatchObject({ name: 'Prod.pfx', guid: 'abc-1', project: 1, size: 3, createdBy: 'ann' });
      await expect(store.secureFiles.create(1, file('PROD.PFX', 'abc-2'))).rejects.toMatchObject({
        code: 'name-taken',
      });
      await store.secureFiles.create(1, file('a.key', 'abc-3'));
      expect(await store.secureFiles.find(1, 'prod.pfx')).toEqual(made);
      expect(await store.secureFiles.get(1, 'Abc-1')).toEqual(made);
      expect(await store.secureFiles.get(2, 'abc-1')).toBeUndefined();
      expect((await store.secureFiles.list(1)).map(({ name }) => name)).toEqual(['a.key', 'Prod.pfx']);
      const { sha256 } = made;
      expect(await store.secureFiles.reseal(1, 'ABC-1', { from: 'another', to: 'f'.repeat(64) })).toBe(false);
      expect(await store.secureFiles.reseal(2, 'abc-1', { from: sha256, to: 'f'.repeat(64) })).toBe(false);
      expect(await store.secureFiles.reseal(1, 'ABC-1', { from: sha256, to: 'f'.repeat(64) })).toBe(true);
      expect(await store.secureFiles.get(1, 'abc-1')).toEqual({ ...made, sha256: 'f'.repeat(64) });
      expect(await store.secureFiles.remove(1, 'ABC-1')).toBe(true);
      expect(await store.secureFiles.remove(1, 'abc-1')).toBe(false);
    });
  });
}

function manifest(version: string): TaskManifest {
  return {
    id: ID,
    name: 'Greet',
    version,
    title: 'Greet',
    description: '',
    author: 'ann',
    runsOn: ['agent'],
    demands: [],
    inputs: [],
    restrictions: {},
    handlers: { preJob: [], main: [{ kind: 'Node20_1', target: 'main.js' }], postJob: [] },
  };
}
