import type { DefinitionInput, Store } from '@signalbox/store';
import { describe, expect, it } from 'vitest';
import { Clock, storesOf, withProject, type Harness } from '../support/harness.ts';

export function catalogueSuite(harness: Harness): void {
  const open = storesOf(harness);
  const openWithProject = withProject(open);

  describe('projects', () => {
    it('are found by name in any letter case and by GUID', async () => {
      const store = await open();
      const made = await store.projects.create({ guid: 'ABC-1', name: 'ÄPFEL', description: 'd' });
      expect(made).toMatchObject({ guid: 'abc-1', name: 'ÄPFEL', state: 'wellFormed', revision: 1 });
      expect(await store.projects.find('äpfel')).toEqual(made);
      expect(await store.projects.find('abc-1')).toEqual(made);
      expect(await store.projects.get(made.id)).toEqual(made);
      expect(await store.projects.find('birnen')).toBeUndefined();
    });

    it('have unique names, letter case aside', async () => {
      const store = await open();
      await store.projects.create({ guid: '1', name: 'Shop', description: '' });
      const twin = store.projects.create({ guid: '2', name: 'SHOP', description: '' });
      await expect(twin).rejects.toMatchObject({ code: 'name-taken' });
      const other = await store.projects.create({ guid: '3', name: 'Bank', description: '' });
      await expect(store.projects.update(other.id, { name: 'shop' })).rejects.toMatchObject({
        code: 'name-taken',
      });
      const renamed = await store.projects.update(other.id, { name: 'BANK', description: 'x' });
      expect(renamed).toMatchObject({ name: 'BANK', description: 'x', revision: 2 });
      expect((await store.projects.list()).map(({ name }) => name)).toEqual(['BANK', 'Shop']);
      await expect(store.projects.update(99, {})).rejects.toMatchObject({ code: 'not-found' });
    });
  });

  describe('projects that are deleted', () => {
    it('are not found and not listed, and give their name away', async () => {
      const store = await open();
      const made = await store.projects.create({ guid: 'abc-1', name: 'Shop', description: '' });
      const gone = await store.projects.update(made.id, { state: 'deleting', name: made.guid });
      expect([await store.projects.find('shop'), await store.projects.find('abc-1')]).toEqual([
        undefined,
        undefined,
      ]);
      expect(await store.projects.list()).toEqual([]);
      expect(await store.projects.deleting()).toEqual([gone]);
      expect(await store.projects.get(made.id)).toEqual(gone);
      const next = await store.projects.create({ guid: 'abc-2', name: 'SHOP', description: '' });
      expect(await store.projects.find('shop')).toEqual(next);
    });
  });

  describe('definitions', () => {
    it('give back every field', async () => {
      const store = await openWithProject();
      const input: DefinitionInput = {
        ...definition('Deploy'),
        variables: { a: { value: '1', secret: false, allowOverride: true } },
        defaultPool: 3,
        extra: { triggers: [{ kind: 2, on: 'true' }], nothing: null },
      };
      const made = await store.definitions.create(1, input);
      expect(made).toMatchObject({ ...input, project: 1, revision: 1 });
      expect(await store.definitions.get(1, made.id)).toEqual(made);
      expect(await store.definitions.get(2, made.id)).toBeUndefined();
    });

    it('are listed by folder and name, by pattern, folder, and number', async () => {
      const store = await openWithProject();
      for (const name of ['web', 'API', 'api-2']) await store.definitions.create(1, definition(name));
      const inFolder = await store.definitions.create(1, { ...definition('web'), path: '\\Ops' });
      const names = async (filter?: Parameters<Store['definitions']['list']>[1]) =>
        (await store.definitions.list(1, filter)).map(({ name, path }) => path + name);
      expect(await names()).toEqual(['\\API', '\\api-2', '\\web', '\\Opsweb']);
      expect(await names({ name: 'api' })).toEqual(['\\API']);
      expect(await names({ name: 'A*' })).toEqual(['\\API', '\\api-2']);
      expect(await names({ name: '*p*2' })).toEqual(['\\api-2']);
      expect(await names({ path: '\\ops' })).toEqual(['\\Opsweb']);
      expect(await names({ ids: [inFolder.id, 99] })).toEqual(['\\Opsweb']);
      expect(await names({ ids: [] })).toEqual([]);
    });

    it('are changed only from the revision that was read', async () => {
      const store = await openWithProject();
      const { id } = await store.definitions.create(1, definition('a'));
      const change = { revision: 1, input: definition('b') };
      expect(await store.definitions.update(1, id, change)).toMatchObject({ name: 'b', revision: 2 });
      await expect(store.definitions.update(1, id, change)).rejects.toMatchObject({
        code: 'stale-revision',
      });
      await expect(store.definitions.update(1, 99, change)).rejects.toMatchObject({ code: 'not-found' });
      await store.definitions.create(1, definition('c'));
      const twin = store.definitions.update(1, id, { revision: 2, input: definition('C') });
      await expect(twin).rejects.toMatchObject({ code: 'name-taken' });
    });

    it('are removed, and their number is not given out again', async () => {
      const store = await openWithProject();
      const { id } = await store.definitions.create(1, definition('a'));
      expect(await store.definitions.remove(1, id)).toBe(true);
      expect(await store.definitions.remove(1, id)).toBe(false);
      expect((await store.definitions.create(1, definition('a'))).id).toBeGreaterThan(id);
    });
  });

  describe('pools', () => {
    it('are made once by name', async () => {
      const store = await openWithProject();
      const made = await Promise.all(
        ['Default', 'default', 'DEFAULT'].map((name) => store.pools.upsert(name)),
      );
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
      await store.pools.upsert('Build');
      expect((await store.pools.list()).map(({ name }) => name)).toEqual(['Build', made[0]?.name]);
      expect(await store.pools.find('dEFAULT')).toEqual(made[0]);
      expect(await store.pools.get(made[0]?.id ?? 0)).toEqual(made[0]);
    });

    it('have one queue in a project', async () => {
      const store = await openWithProject();
      const pool = await store.pools.upsert('Default');
      const queue = await store.pools.upsertQueue(1, pool.id);
      expect(queue).toMatchObject({ project: 1, pool: pool.id, name: 'Default' });
      expect(await store.pools.upsertQueue(1, pool.id)).toEqual(queue);
      expect(await store.pools.queues(1)).toEqual([queue]);
    });

    it('change their names, with those of their queues', async () => {
      const store = await openWithProject();
      const [pool, other] = [await store.pools.upsert('Linux'), await store.pools.upsert('Mac')];
      await store.pools.upsertQueue(1, pool.id);
      expect(await store.pools.rename(pool.id, 'LINUX 2')).toEqual({ ...pool, name: 'LINUX 2' });
      expect(await store.pools.find('linux 2')).toMatchObject({ id: pool.id });
      expect((await store.pools.queues(1)).map(({ name }) => name)).toEqual(['LINUX 2']);
      await expect(store.pools.rename(other.id, 'Linux 2')).rejects.toMatchObject({ code: 'name-taken' });
      await expect(store.pools.rename(99, 'x')).rejects.toMatchObject({ code: 'not-found' });
    });

    it('go with their queues, though tokens named them', async () => {
      const store = await openWithProject();
      const pool = await store.pools.upsert('Linux');
      const queue = await store.pools.upsertQueue(1, pool.id);
      expect(await store.pools.removeQueue(2, queue.id)).toBe(false);
      expect(await store.pools.removeQueue(1, queue.id)).toBe(true);
      expect(await store.pools.removeQueue(1, queue.id)).toBe(false);
      await store.pools.upsertQueue(1, pool.id);
      const token = await store.tokens.create({
        hash: 'a'.repeat(64),
        name: 'agent',
        scope: 'agent',
        pool: pool.id,
      });
      await store.tokens.revoke(token.id);
      expect(await store.pools.remove(pool.id)).toBe(true);
      expect(await store.pools.remove(pool.id)).toBe(false);
      expect([await store.pools.get(pool.id), await store.pools.queues(1)]).toEqual([undefined, []]);
      expect((await store.tokens.get(token.id))?.revokedAt).toBeDefined();
      expect((await store.pools.upsert('Linux')).id).not.toBe(pool.id);
    });
  });

  describe('settings', () => {
    it('are set, and set once', async () => {
      const store = await open();
      expect(await store.settings.get('a')).toBeUndefined();
      await store.settings.set('a', '1');
      await store.settings.set('a', '2');
      expect(await store.settings.get('a')).toBe('2');
      expect(await store.settings.setOnce('a', '3')).toBe('2');
      expect(await store.settings.setOnce('b', '3')).toBe('3');
    });

    it('are listed by the beginning of their keys, and removed', async () => {
      const store = await open();
      for (const key of ['p:1:b', 'p:1:a', 'p:10:c', 'P:1:d', 'q']) await store.settings.set(key, key);
      const values = async (prefix: string): Promise<readonly string[]> =>
        (await store.settings.list(prefix)).map(({ value }) => value);
      expect(await values('p:1:')).toEqual(['p:1:a', 'p:1:b']);
      expect(await store.settings.remove('p:1:a')).toBe(true);
      expect(await store.settings.remove('p:1:a')).toBe(false);
      expect(await values('p:')).toEqual(['p:10:c', 'p:1:b']);
    });
  });

  describe('environments', () => {
    it('are made once by name, letter case aside, whoever comes first (ENV-2, GAP-47)', async () => {
      const store = await openWithProject();
      const made = await Promise.all(
        ['Prod', 'prod', 'PROD', 'Prod'].map((name) =>
          store.environments.upsert(1, { name, createdBy: 'Ann' }),
        ),
      );
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
      const twin = store.environments.create(1, { name: 'pROD', createdBy: 'Bob' });
      await expect(twin).rejects.toMatchObject({ code: 'name-taken' });
      expect(await store.environments.find(1, 'prod')).toEqual(made[0]);
      expect(await store.environments.get(1, made[0]?.id ?? 0)).toEqual(made[0]);
      expect(await store.environments.get(2, made[0]?.id ?? 0)).toBeUndefined();
    });

    it('are listed by name, page by page, by prefix', async () => {
      const store = await openWithProject();
      for (const name of ['qa', 'Prod-2', 'prod-1', 'dev']) {
        await store.environments.create(1, { name, createdBy: 'Ann' });
      }
      const first = await store.environments.list(1, { limit: 3 });
      expect(first.items.map(({ name }) => name)).toEqual(['dev', 'prod-1', 'Prod-2']);
      const second = await store.environments.list(1, { limit: 3, after: first.next ?? '' });
      expect(second).toMatchObject({ items: [{ name: 'qa' }] });
      expect(second.next).toBeUndefined();
      const prods = await store.environments.list(1, { name: 'PROD' });
      expect(prods.items.map(({ name }) => name)).toEqual(['prod-1', 'Prod-2']);
      await expect(store.environments.list(1, { after: 'x' })).rejects.toMatchObject({ code: 'bad-cursor' });
    });

    it('are renamed and described', async () => {
      const clock = new Clock();
      const store = await openWithProject({ clock });
      const { id } = await store.environments.create(1, { name: 'a', createdBy: 'Ann' });
      await store.environments.create(1, { name: 'b', createdBy: 'Ann' });
      clock.now += 10;
      const renamed = await store.environments.update(1, id, { name: 'A2', description: 'x' });
      expect(renamed).toMatchObject({ name: 'A2', description: 'x', updatedAt: clock.now });
      await expect(store.environments.update(1, id, { name: 'B' })).rejects.toMatchObject({
        code: 'name-taken',
      });
      await expect(store.environments.update(1, 99, {})).rejects.toMatchObject({ code: 'not-found' });
    });

    it('keep their history, newest first, each line once', async () => {
      const store = await openWithProject();
      const { id } = await store.environments.create(1, { name: 'a', createdBy: 'Ann' });
      for (const run of [1, 2, 3, 3]) await store.environments.recordDeployment(`k${run}`, record(id, run));
      const first = await store.environments.deployments(id, { limit: 2 });
      expect(first.items.map(({ run }) => run)).toEqual([3, 2]);
      expect(first.items[0]).toMatchObject(record(id, 3));
      const second = await store.environments.deployments(id, { limit: 2, after: first.next ?? '' });
      expect(second.items.map(({ run }) => run)).toEqual([1]);
      expect(await store.environments.remove(1, id)).toBe(true);
      expect(await store.environments.remove(1, id)).toBe(false);
      expect((await store.environments.deployments(id)).items).toEqual([]);
    });
  });
}

function definition(name: string): DefinitionInput {
  return {
    name,
    path: '\\',
    repository: { type: 'Git', url: 'file:///repo' },
    yamlFilename: 'azure-pipelines.yml',
    variables: {},
    queueStatus: 'enabled',
    extra: {},
  };
}

function record(environment: number, run: number): Parameters<Store['environments']['recordDeployment']>[1] {
  return {
    environment,
    run,
    stage: 'Deploy',
    stageAttempt: 1,
    job: 'Web',
    queueTime: 10,
    finishTime: 20 + run,
    result: 'succeeded',
    ...(run > 1 && { startTime: 15 }),
  };
}
