import type { ArtifactInput, CacheInput, Store } from '@signalbox/store';
import { describe, expect, it } from 'vitest';
import { birth } from '../support/samples.ts';
import { Clock, storesOf, withProject, type Harness } from '../support/harness.ts';
import { script } from '../support/scripted-engine.ts';

const [A, B, C] = ['a', 'b', 'c'].map((digit) => digit.repeat(64)) as [string, string, string];

export function artifactsSuite(harness: Harness): void {
  const openWithProject = withProject(storesOf(harness));

  async function withRuns(clock: Clock = new Clock()): Promise<Store> {
    const store = await openWithProject({ clock });
    const births = [birth(1), birth(2)];
    await store.inbox.execute(script({ kind: 'trigger', id: 1 }, { births }), 'birth');
    return store;
  }

  describe('blobs', () => {
    it('are in use while an owner names them, in any number', async () => {
      const store = await openWithProject();
      const many = Array.from({ length: 450 }, (_, n) => n.toString(16).padStart(64, '0'));
      await store.blobs.use({ owner: 'artifact:1', project: 1 }, many);
      await store.blobs.use({ owner: 'artifact:2', project: 2 }, [A, A]);
      expect(await store.blobs.used([...many, A, B])).toHaveLength(451);
      expect(await store.blobs.usedIn(1, [A, many[3]!])).toEqual([many[3]]);
      expect(await store.blobs.uses('artifact:2', A)).toBe(true);
      expect(await store.blobs.uses('artifact:1', A)).toBe(false);
      await store.blobs.release('artifact:2');
      expect(await store.blobs.used([A])).toEqual([]);
    });

    it('are released by leases that are old as a whole, and by no other owner', async () => {
      const clock = new Clock();
      const store = await openWithProject({ clock });
      await store.blobs.use({ owner: 'lease:1:1:1', project: 1 }, [A]);
      await store.blobs.use({ owner: 'lease:1:2:1', project: 1 }, [B]);
      await store.blobs.use({ owner: 'artifact:1', project: 1 }, [C]);
      clock.now += 100;
      await store.blobs.use({ owner: 'lease:1:2:1', project: 1 }, [C]);
      await store.blobs.releaseLeases(clock.now - 50);
      expect((await store.blobs.used([A, B, C])).toSorted()).toEqual([B, C]);
    });
  });

  describe('artifacts', () => {
    it('give back every field, by number and by name in any letter case', async () => {
      const clock = new Clock();
      const store = await withRuns(clock);
      const made = await store.artifacts.create(artifact('Drop'), [A, B]);
      const { key: _, ...given } = artifact('Drop');
      expect(made).toEqual({ ...given, id: made.id, createdAt: clock.now });
      expect(await store.artifacts.get(made.id)).toEqual(made);
      expect(await store.artifacts.find(1, 'dROP')).toEqual(made);
      expect(await store.artifacts.find(2, 'Drop')).toBeUndefined();
      expect(await store.blobs.uses(`artifact:${made.id}`, B)).toBe(true);
    });

    it('have unique names in their run, letter case aside; the same request again makes nothing (RETRY-12)', async () => {
      const store = await withRuns();
      const first = await store.artifacts.create(artifact('drop', 'one'), []);
      expect(await store.artifacts.create(artifact('drop', 'one'), [])).toEqual(first);
      await expect(store.artifacts.create(artifact('DROP', 'two'), [])).rejects.toMatchObject({
        code: 'name-taken',
      });
      await store.artifacts.create({ ...artifact('drop', 'three'), run: 2 }, []);
      const second = await store.artifacts.create(artifact('also', 'four'), []);
      expect(await store.artifacts.list(1)).toEqual([first, second]);
    });

    it('go with their run, and let go of their contents; other runs keep theirs (ART-7)', async () => {
      const store = await withRuns();
      await store.artifacts.create(artifact('drop', 'one'), [A, B]);
      await store.artifacts.create({ ...artifact('drop', 'two'), run: 2 }, [B]);
      await store.artifacts.addPart({ ...part('logs'), key: 'p' }, [C]);
      await store.artifacts.removeOfRun(1);
      expect(await store.artifacts.list(1)).toEqual([]);
      expect(await store.artifacts.parts(1)).toEqual([]);
      expect(await store.blobs.used([A, B, C])).toEqual([B]);
      expect(await store.artifacts.list(2)).toHaveLength(1);
    });

    it('expire by age once their run is over, with the container of the last of them', async () => {
      const clock = new Clock();
      const store = await withRuns(clock);
      const container = { ...artifact('logs', 'c'), type: 'Container', data: '#/1/logs' } as const;
      await store.artifacts.create(artifact('old', 'one'), [A]);
      await store.artifacts.create(container, []);
      await store.artifacts.addPart({ ...part('logs'), key: 'p' }, [B]);
      clock.now += 100;
      await store.artifacts.create(artifact('new', 'two'), [C]);
      expect(await store.artifacts.expire(clock.now)).toBe(0);
      const state = await store.runs.get(1);
      const row = { ...state!, status: 'completed', result: 'succeeded', finishTime: clock.now } as const;
      await store.inbox.execute(script({ kind: 'run', id: 1 }, { changes: [{ table: 'run', row }] }), 'end');
      expect(await store.artifacts.expire(clock.now)).toBe(2);
      expect(await store.artifacts.expire(clock.now)).toBe(0);
      expect((await store.artifacts.list(1)).map(({ name }) => name)).toEqual(['new']);
      expect(await store.artifacts.parts(1)).toEqual([]);
      expect(await store.blobs.used([A, B, C])).toEqual([C]);
    });

    it('have a container whose folders grow part by part, each once (ART-6)', async () => {
      const store = await withRuns();
      await store.artifacts.addPart({ ...part('Logs'), key: 'one' }, [A]);
      await store.artifacts.addPart({ ...part('Logs'), key: 'one' }, [A]);
      await store.artifacts.addPart({ ...part('other'), key: 'two' }, [A]);
      await store.artifacts.addPart({ ...part('logs', B), key: 'three' }, [B]);
      expect((await store.artifacts.parts(1, 'LOGS')).map((one) => one.manifest)).toEqual([A, B]);
      expect(await store.artifacts.parts(1)).toHaveLength(3);
    });
  });

  describe('caches', () => {
    it('never change: the first of a key in its scope stays', async () => {
      const store = await openWithProject();
      expect(await store.caches.create(cache('npm|linux|1'), [A])).toBe(true);
      expect(await store.caches.create({ ...cache('npm|linux|1'), manifest: B }, [B])).toBe(false);
      expect(await store.caches.create({ ...cache('npm|linux|1'), scope: 'refs/heads/x' }, [A])).toBe(true);
      expect(await store.blobs.used([A, B])).toEqual([A]);
    });

    it('are found by the whole key first, then by beginnings in whole segments, newest first', async () => {
      const store = await openWithProject();
      for (const key of ['npm|linux|1', 'npm|linux|2', 'npm|linux-arm|3', 'npm|mac|4']) {
        await store.caches.create(cache(key), []);
      }
      const find = async (key: string, ...restoreKeys: string[]) =>
        (await store.caches.find({ definition: 7, scopes: ['refs/heads/main'], key, restoreKeys }))?.key;
      expect(await find('npm|linux|1', 'npm')).toBe('npm|linux|1');
      expect(await find('npm|linux|9', 'npm|linux', 'npm')).toBe('npm|linux|2');
      expect(await find('npm|linux|9', 'npm|win', 'npm')).toBe('npm|mac|4');
      expect(await find('npm|linux|9', 'np')).toBeUndefined();
      expect(await find('npm|linux')).toBeUndefined();
    });

    it('are looked for in the scopes in their order, and in no other pipeline', async () => {
      const store = await openWithProject();
      await store.caches.create({ ...cache('k|main'), scope: 'refs/heads/main' }, []);
      await store.caches.create({ ...cache('k|main'), scope: 'refs/heads/topic' }, []);
      await store.caches.create({ ...cache('k|other'), scope: 'refs/heads/other' }, []);
      const find = (scopes: readonly string[], key: string, definition = 7) =>
        store.caches.find({ definition, scopes, key, restoreKeys: [] });
      const both = ['refs/heads/topic', 'refs/heads/main'];
      expect((await find(both, 'k|main'))?.scope).toBe('refs/heads/topic');
      expect(await find(both, 'k|other')).toBeUndefined();
      expect(await find(both, 'k|main', 8)).toBeUndefined();
    });

    it('go when nobody used them for long, and when the others leave no room', async () => {
      const clock = new Clock();
      const store = await openWithProject({ clock });
      await store.caches.create(cache('old'), [A]);
      clock.now += 100;
      await store.caches.create(cache('big'), [B]);
      clock.now += 1;
      await store.caches.create(cache('new'), [C]);
      expect(await store.caches.evict({ unused: 50, bytesPerProject: 10_000 })).toBe(1);
      expect(await store.blobs.used([A, B, C])).toHaveLength(2);
      const query = { definition: 7, scopes: ['refs/heads/main'], key: 'big', restoreKeys: [] };
      clock.now += 1;
      const used = await store.caches.find(query);
      expect(used?.usedAt).toBe(clock.now);
      expect(await store.caches.evict({ unused: 50, bytesPerProject: 150 })).toBe(1);
      expect(await store.caches.get(used!.id)).toEqual(used);
      expect(await store.blobs.used([A, B, C])).toEqual([B]);
    });
  });
}

function artifact(name: string, key = 'k'): ArtifactInput {
  const sizes = { files: 2, bytes: 30, manifest: A, data: A };
  const properties = { localpath: '/tmp/x' };
  return { project: 1, run: 1, name, type: 'PipelineArtifact', properties, source: 'guid', key, ...sizes };
}

function part(folder: string, manifest = A) {
  return { project: 1, run: 1, folder, manifest, files: 1, bytes: 10 };
}

function cache(key: string): CacheInput {
  return { project: 1, definition: 7, scope: 'refs/heads/main', key, manifest: A, files: 1, bytes: 100 };
}
