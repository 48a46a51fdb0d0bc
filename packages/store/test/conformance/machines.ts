import { describe, expect, it } from 'vitest';
import { Clock, storesOf, withProject, type Harness } from '../support/harness.ts';
import { script } from '../support/scripted-engine.ts';

export function machinesSuite(harness: Harness): void {
  const openWithProject = withProject(storesOf(harness));

  describe('machines', () => {
    it('are registered once by name, keep their tags where none are given, and go with the environment (ENV-5)', async () => {
      const clock = new Clock();
      const store = await openWithProject({ clock });
      const environment = (await store.environments.create(1, { name: 'prod', createdBy: 'ann' })).id;
      const pool = (await store.pools.upsert('machines')).id;
      const made = await store.machines.register({ environment, name: 'Web2', pool, tags: ['web', 'eu'] });
      const other = await store.machines.register({ environment, name: 'web1', pool });
      clock.now += 5;
      const again = await store.machines.register({ environment, name: 'web2', pool });
      expect(again).toEqual({ ...made, name: 'web2', updatedAt: clock.now });
      expect(await store.machines.list(environment)).toEqual([other, again]);
      const tagged = await store.machines.setTags(environment, other.id, ['db']);
      expect(tagged).toMatchObject({ name: 'web1', tags: ['db'] });
      await expect(store.machines.setTags(environment + 1, other.id, [])).rejects.toMatchObject({
        code: 'not-found',
      });
      expect(await store.machines.remove(environment + 1, made.id)).toBe(false);
      expect(await store.machines.remove(environment, made.id)).toBe(true);
      expect(await store.machines.remove(environment, made.id)).toBe(false);
      expect(await store.machines.list(environment)).toEqual([tagged]);
      await store.environments.remove(1, environment);
      expect(await store.machines.list(environment)).toEqual([]);
    });

    it('answer a run whose deployment names them; those of other projects are none (DEP-2)', async () => {
      const store = await openWithProject();
      const { id } = await store.environments.create(1, { name: 'prod', createdBy: 'ann' });
      const pool = (await store.pools.upsert('machines')).id;
      const web = await store.machines.register({ environment: id, name: 'web', pool, tags: ['eu'] });
      const app = await store.machines.register({ environment: id, name: 'App', pool });
      const ours = { need: 'machines', project: 1, environment: String(id) } as const;
      const theirs = { ...ours, project: 2 };
      const nobody = { ...ours, environment: 'prod' };
      const asked = script({ kind: 'run', id: 1 }, { needs: [ours, theirs, nobody] });
      expect(await store.inbox.execute(asked, 'ask')).toEqual({
        ok: true,
        value: [
          {
            of: ours,
            machines: [
              { id: app.id, name: 'App', tags: [], pool },
              { id: web.id, name: 'web', tags: ['eu'], pool },
            ],
          },
          { of: theirs, machines: [] },
          { of: nobody, machines: [] },
        ],
      });
    });

    it('have lines of their own in the history (DEP-11)', async () => {
      const store = await openWithProject();
      const { id } = await store.environments.create(1, { name: 'prod', createdBy: 'ann' });
      const line = { environment: id, run: 1, stage: 'D', stageAttempt: 1, job: 'web', result: 'failed' };
      const record = { ...line, resource: 7, queueTime: 1, finishTime: 2 };
      await store.environments.recordDeployment('k', record);
      expect((await store.environments.deployments(id)).items).toEqual([{ id: 1, ...record }]);
    });
  });
}
