import type { DefinitionInput, Store } from '@signalbox/store';
import { describe, expect, it } from 'vitest';
import { Clock, storesOf, withProject, type Harness } from '../support/harness.ts';

export function definitionNotesSuite(harness: Harness): void {
  const openWithProject = withProject(storesOf(harness));

  describe('revisions of a pipeline', () => {
    it('are kept with who made them, and go with the pipeline', async () => {
      const clock = new Clock();
      const store = await openWithProject({ clock });
      const first = await store.definitions.create(1, definition('a'), 'ann');
      clock.now += 5;
      const change = { revision: 1, input: definition('b') };
      const second = await store.definitions.update(1, first.id, { ...change, by: 'bob' });
      await expect(store.definitions.update(1, first.id, change)).rejects.toThrow();
      expect(await store.definitions.revisions(1, first.id)).toEqual([
        { row: first, by: 'ann' },
        { row: second, by: 'bob' },
      ]);
      expect(await store.definitions.revisions(2, first.id)).toEqual([]);
      const { id } = await store.definitions.create(1, definition('nobody'));
      expect((await store.definitions.revisions(1, id)).map(({ by }) => by)).toEqual(['']);
      await store.definitions.remove(1, first.id);
      expect(await store.definitions.revisions(1, first.id)).toEqual([]);
    });
  });

  describe('tags and properties of a pipeline', () => {
    it('have tags, letter case aside, and go with it', async () => {
      const store = await openWithProject();
      const { id } = await store.definitions.create(1, definition('a'));
      const owner = { kind: 'definition', id } as const;
      expect(await store.definitions.addTags(id, ['b', 'A', 'a'])).toEqual(['A', 'b']);
      expect(await store.definitions.addTags(id, [])).toEqual(['A', 'b']);
      expect(await store.definitions.removeTag(id, 'a')).toEqual(['b']);
      await expect(store.definitions.addTags(99, ['a'])).rejects.toMatchObject({ code: 'not-found' });
      await store.properties.change(owner, { set: { a: 1 }, remove: [] });
      await store.definitions.remove(1, id);
      expect(await store.definitions.tags(id)).toEqual([]);
      expect(await store.properties.of(owner)).toEqual({});
    });
  });

  describe('a removed pipeline', () => {
    it('comes back under its number with all that stood beside it, once', async () => {
      const store = await openWithProject();
      const { id } = await store.definitions.create(1, definition('a'), 'ann');
      const change = {
        revision: 1,
        input: { ...definition('b'), queueStatus: 'paused' as const },
        by: 'bob',
      };
      const before = await store.definitions.update(1, id, change);
      const owner = { kind: 'definition', id } as const;
      await store.definitions.addTags(id, ['x', 'Y']);
      await store.properties.change(owner, { set: { a: 1, b: 'c' }, remove: [] });
      const revisions = await store.definitions.revisions(1, id);
      await store.definitions.remove(1, id);
      expect(await store.definitions.get(1, id)).toBeUndefined();
      expect(await store.definitions.restore(2, id)).toBeUndefined();
      expect(await store.definitions.restore(1, id)).toEqual(before);
      expect(await store.definitions.get(1, id)).toEqual(before);
      expect(await store.definitions.revisions(1, id)).toEqual(revisions);
      expect(await store.definitions.tags(id)).toEqual(['x', 'Y']);
      expect(await store.properties.of(owner)).toEqual({ a: 1, b: 'c' });
      expect(await store.definitions.restore(1, id)).toBeUndefined();
      expect(await store.definitions.remove(1, id)).toBe(true);
    });

    it('waits while another has its name, and is forgotten by project and by time', async () => {
      const clock = new Clock();
      const store = await openWithProject({ clock });
      const removed: number[] = [];
      for (const name of ['a', 'b', 'c']) {
        const { id } = await store.definitions.create(1, definition(name));
        await store.definitions.remove(1, id);
        removed.push(id);
        clock.now += 10;
      }
      const [first = 0, second = 0, third = 0] = removed;
      const twin = await store.definitions.create(1, definition('B'));
      await expect(store.definitions.restore(1, second)).rejects.toMatchObject({ code: 'name-taken' });
      await store.definitions.update(1, twin.id, { revision: 1, input: definition('d') });
      expect(await store.definitions.forgetRemoved({ before: clock.now - 20 })).toBe(1);
      expect(await store.definitions.restore(1, first)).toBeUndefined();
      expect(await store.definitions.restore(1, second)).toMatchObject({ name: 'b' });
      expect(await store.definitions.forgetRemoved({ project: 2 })).toBe(0);
      expect(await store.definitions.forgetRemoved({ project: 1 })).toBe(1);
      expect(await store.definitions.restore(1, third)).toBeUndefined();
    });
  });

  describe('folders', () => {
    it('are unique, letter case aside, and listed by path', async () => {
      const clock = new Clock();
      const store = await openWithProject({ clock });
      const made = await store.folders.create(1, folder('\\team'));
      expect(made).toEqual({
        project: 1,
        path: '\\team',
        description: 'd',
        createdBy: 'ann',
        createdAt: clock.now,
        modifiedBy: 'ann',
        modifiedAt: clock.now,
      });
      await store.folders.create(1, folder('\\Ops'));
      await expect(store.folders.create(1, folder('\\TEAM'))).rejects.toMatchObject({ code: 'name-taken' });
      expect(await paths(store)).toEqual(['\\Ops', '\\team']);
      expect(await store.folders.list(2)).toEqual([]);
    });

    it('move with the folders and the pipelines in them, made or not', async () => {
      const store = await openWithProject();
      await store.folders.create(1, folder('\\team'));
      await store.folders.create(1, folder('\\team\\web'));
      await store.folders.create(1, folder('\\teams'));
      const { id } = await store.definitions.create(1, { ...definition('a'), path: '\\Team\\web' });
      const other = await store.definitions.create(1, { ...definition('a'), path: '\\teams' });
      const to = { ...folder('\\squad'), description: 'new', by: 'bob' };
      expect(await store.folders.move(1, '\\TEAM', to)).toMatchObject({
        path: '\\squad',
        description: 'new',
        createdBy: 'ann',
        modifiedBy: 'bob',
      });
      expect(await paths(store)).toEqual(['\\squad', '\\squad\\web', '\\teams']);
      expect(await store.definitions.get(1, id)).toMatchObject({ path: '\\squad\\web' });
      expect(await store.definitions.get(1, other.id)).toMatchObject({ path: '\\teams' });
      expect(await store.folders.move(1, '\\none', folder('\\made'))).toMatchObject({ path: '\\made' });
      expect((await store.folders.move(1, '\\made', { ...folder('\\Made'), by: 'bob' })).path).toBe('\\Made');
    });

    it('do not move over others, and nothing is moved then', async () => {
      const store = await openWithProject();
      for (const path of ['\\a', '\\b', '\\b\\x', '\\a\\x']) await store.folders.create(1, folder(path));
      await expect(store.folders.move(1, '\\a', folder('\\b'))).rejects.toMatchObject({ code: 'name-taken' });
      await store.definitions.create(1, { ...definition('p'), path: '\\a' });
      await store.definitions.create(1, { ...definition('P'), path: '\\c' });
      await expect(store.folders.move(1, '\\a', folder('\\c'))).rejects.toMatchObject({ code: 'name-taken' });
      expect(await paths(store)).toEqual(['\\a', '\\a\\x', '\\b', '\\b\\x']);
    });

    it('are removed with the folders in them', async () => {
      const store = await openWithProject();
      for (const path of ['\\a', '\\a\\x', '\\ab']) await store.folders.create(1, folder(path));
      await store.folders.remove(1, '\\A');
      expect(await paths(store)).toEqual(['\\ab']);
    });
  });
}

async function paths(store: Store): Promise<readonly string[]> {
  return (await store.folders.list(1)).map(({ path }) => path);
}

function folder(path: string): { path: string; description: string; by: string } {
  return { path, description: 'd', by: 'ann' };
}

function definition(name: string): DefinitionInput {
  const rest = { path: '\\', repository: {}, yamlFilename: 'a.yml', variables: {}, extra: {} };
  return { name, queueStatus: 'enabled', ...rest };
}
