import type { ResourceKey } from '@signalbox/engine';
import type { ConnectionInput, PermissionChange, VariableGroupInput } from '@signalbox/store';
import { describe, expect, it } from 'vitest';
import { script } from '../support/scripted-engine.ts';
import { Clock, storesOf, withProject, type Harness } from '../support/harness.ts';

const PROD = { type: 'endpoint', id: 'c0000000-0000-0000-0000-000000000001' } as const;

export function librarySuite(harness: Harness): void {
  const openWithProject = withProject(storesOf(harness));

  describe('service connections', () => {
    it('give back every field, and are found by GUID and by name in any letter case', async () => {
      const store = await openWithProject();
      const made = await store.connections.create(1, { ...connection('Prod'), guid: 'ABC-1', by: 'ann' });
      expect(made).toMatchObject({ ...connection('Prod'), guid: 'abc-1', project: 1, createdBy: 'ann' });
      expect(await store.connections.get(1, 'Abc-1')).toEqual(made);
      expect(await store.connections.find(1, 'PROD')).toEqual(made);
      expect(await store.connections.get(2, 'abc-1')).toBeUndefined();
      expect(await store.connections.find(2, 'Prod')).toBeUndefined();
    });

    it('have unique names in their project, are listed by name, changed and removed', async () => {
      const clock = new Clock();
      const store = await openWithProject({ clock });
      await store.connections.create(1, { ...connection('b'), guid: 'g-b', by: 'ann' });
      await store.connections.create(1, { ...connection('A'), guid: 'g-a', by: 'ann' });
      await expect(
        store.connections.create(1, { ...connection('B'), guid: 'g-c', by: 'ann' }),
      ).rejects.toMatchObject({ code: 'name-taken' });
      await expect(store.connections.update(1, 'g-a', connection('B'))).rejects.toMatchObject({
        code: 'name-taken',
      });
      expect((await store.connections.list(1)).map(({ name }) => name)).toEqual(['A', 'b']);
      clock.now += 5;
      const changed = { ...connection('a'), scheme: 'None', username: '', secret: '' } as const;
      expect(await store.connections.update(1, 'G-A', changed)).toMatchObject({
        ...changed,
        guid: 'g-a',
        updatedAt: clock.now,
      });
      await expect(store.connections.update(1, 'g-x', changed)).rejects.toMatchObject({ code: 'not-found' });
      expect(await store.connections.remove(1, 'G-a')).toBe(true);
      expect(await store.connections.remove(1, 'g-a')).toBe(false);
    });
  });

  describe('variable groups', () => {
    it('give back every field, and are found by number and by name in any letter case', async () => {
      const store = await openWithProject();
      const made = await store.variableGroups.create(1, { ...group('Shared'), by: 'ann' });
      expect(made).toMatchObject({ ...group('Shared'), project: 1, createdBy: 'ann', modifiedBy: 'ann' });
      expect(await store.variableGroups.get(1, made.id)).toEqual(made);
      expect(await store.variableGroups.find(1, 'SHARED')).toEqual(made);
      expect(await store.variableGroups.get(2, made.id)).toBeUndefined();
      expect(await store.variableGroups.find(2, 'Shared')).toBeUndefined();
    });

    it('have unique names in their project, are listed by name, changed and removed', async () => {
      const store = await openWithProject();
      await store.variableGroups.create(1, { ...group('b'), by: 'ann' });
      const { id } = await store.variableGroups.create(1, { ...group('A'), by: 'ann' });
      await expect(store.variableGroups.create(1, { ...group('B'), by: 'ann' })).rejects.toMatchObject({
        code: 'name-taken',
      });
      await expect(store.variableGroups.update(1, id, { ...group('B'), by: 'bob' })).rejects.toMatchObject({
        code: 'name-taken',
      });
      expect((await store.variableGroups.list(1)).map(({ name }) => name)).toEqual(['A', 'b']);
      expect((await store.variableGroups.list(1, { name: 'B*' })).map(({ name }) => name)).toEqual(['b']);
      const changed = { name: 'a', description: '', variables: {} };
      expect(await store.variableGroups.update(1, id, { ...changed, by: 'bob' })).toMatchObject({
        ...changed,
        createdBy: 'ann',
        modifiedBy: 'bob',
      });
      await expect(store.variableGroups.update(1, 99, { ...changed, by: 'x' })).rejects.toMatchObject({
        code: 'not-found',
      });
      expect(await store.variableGroups.remove(1, id)).toBe(true);
      expect(await store.variableGroups.remove(1, id)).toBe(false);
    });
  });

  describe('permissions of pipelines', () => {
    it('are unknown until somebody says something, and then name who said it', async () => {
      const clock = new Clock();
      const store = await openWithProject({ clock });
      expect(await store.permissions.get(1, PROD)).toBeUndefined();
      const at = clock.now;
      const pipelines = [
        { definition: 7, authorized: true },
        { definition: 3, authorized: true },
      ];
      const said = await store.permissions.change(1, PROD, { pipelines, by: 'ann' });
      expect(said).toEqual({
        resource: PROD,
        allPipelines: false,
        by: 'ann',
        at,
        authorizations: [
          { definition: 3, by: 'ann', at },
          { definition: 7, by: 'ann', at },
        ],
      });
      expect(await store.permissions.get(1, PROD)).toEqual(said);
      expect(await store.permissions.get(2, PROD)).toBeUndefined();
      expect(await store.permissions.get(1, { ...PROD, id: 'other' })).toBeUndefined();
    });

    it('keep the first word about a pipeline, take pipelines away, and stay restricted then', async () => {
      const clock = new Clock();
      const store = await openWithProject({ clock });
      const at = clock.now;
      const only = (definition: number, authorized: boolean, by: string) =>
        store.permissions.change(1, PROD, { pipelines: [{ definition, authorized }], by });
      await only(3, true, 'ann');
      clock.now += 5;
      expect((await only(3, true, 'bob')).authorizations).toEqual([{ definition: 3, by: 'ann', at }]);
      expect(await only(3, false, 'bob')).toEqual({
        resource: PROD,
        allPipelines: false,
        by: 'ann',
        at,
        authorizations: [],
      });
    });

    it('answer a run whether its pipeline may use the resource (CHK-23)', async () => {
      const store = await openWithProject();
      const run = { kind: 'run', id: 1 } as const;
      let asked = 0;
      const forbidden = async (definition: number): Promise<unknown> => {
        const need = { need: 'checks', project: 1, definition, resource: PROD } as const;
        const reply = await store.inbox.execute(script(run, { needs: [need] }), `ask ${(asked += 1)}`);
        return reply.ok && JSON.stringify(reply.value).includes('"forbidden":true');
      };
      const change = (input: Omit<PermissionChange, 'by'>): Promise<unknown> =>
        store.permissions.change(1, PROD, { ...input, by: 'ann' });
      expect(await forbidden(3)).toBe(false);
      await change({ pipelines: [{ definition: 3, authorized: true }] });
      expect([await forbidden(3), await forbidden(4)]).toEqual([false, true]);
      await change({ allPipelines: true, pipelines: [] });
      expect(await forbidden(4)).toBe(false);
      await change({ allPipelines: false, pipelines: [{ definition: 3, authorized: false }] });
      expect(await forbidden(3)).toBe(true);
    });

    it('tell a run that a resource was deleted, by its own row; other types are never gone (CHK-54)', async () => {
      const store = await openWithProject();
      const { id: environment } = await store.environments.create(1, { name: 'qa', createdBy: 'ann' });
      const { guid } = await store.connections.create(1, { ...connection('c'), guid: 'g-1', by: 'ann' });
      const { id: shared } = await store.variableGroups.create(1, { ...group('g'), by: 'ann' });
      let asked = 0;
      const isGone = async (resource: ResourceKey, project = 1): Promise<boolean> => {
        const need = { need: 'checks', project, definition: 3, resource } as const;
        const message = script({ kind: 'run', id: 1 }, { needs: [need] });
        const reply = await store.inbox.execute(message, `ask ${(asked += 1)}`);
        return reply.ok && JSON.stringify(reply.value).includes('"gone":true');
      };
      const resources: readonly ResourceKey[] = [
        { type: 'environment', id: String(environment) },
        { type: 'endpoint', id: guid },
        { type: 'variablegroup', id: String(shared) },
        { type: 'queue', id: '99' },
        { type: 'repository', id: 'p.tools' },
        { type: 'securefile', id: 'key.pem' },
        { type: 'persistedStage', id: '7:deploy' },
      ];
      const gone = async (project?: number): Promise<readonly string[]> => {
        const types: string[] = [];
        for (const one of resources) if (await isGone(one, project)) types.push(one.type);
        return types;
      };
      expect(await gone()).toEqual([]);
      expect(await gone(2)).toEqual(['environment', 'endpoint', 'variablegroup']);
      await store.environments.remove(1, environment);
      expect(await gone()).toEqual(['environment']);
      await store.connections.remove(1, guid);
      await store.variableGroups.remove(1, shared);
      expect(await gone()).toEqual(['environment', 'endpoint', 'variablegroup']);
      expect(await isGone({ type: 'environment', id: 'qa' })).toBe(true);
    });

    it('open a resource to all and close it again, which leaves the pipelines that were named', async () => {
      const store = await openWithProject();
      const all = (allPipelines: boolean) =>
        store.permissions.change(1, PROD, { allPipelines, pipelines: [], by: 'bob' });
      await store.permissions.change(1, PROD, {
        pipelines: [{ definition: 3, authorized: true }],
        by: 'ann',
      });
      expect(await all(true)).toMatchObject({ allPipelines: true, by: 'bob' });
      const closed = await all(false);
      expect(closed.allPipelines).toBe(false);
      expect(closed.authorizations).toMatchObject([{ definition: 3 }]);
      await store.permissions.remove(1, PROD);
      expect(await store.permissions.get(1, PROD)).toBeUndefined();
    });
  });
}

function connection(name: string): ConnectionInput {
  const secret = '{sealed:v1:abc}';
  const url = 'https://example.org/api';
  return { name, description: 'd', url, scheme: 'UsernamePassword', username: 'robot', secret };
}

function group(name: string): VariableGroupInput {
  const variables = { 'Db.Host': { value: 'db', secret: false }, Key: { value: '{sealed}', secret: true } };
  return { name, description: 'd', variables };
}
