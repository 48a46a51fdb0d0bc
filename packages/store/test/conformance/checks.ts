import type { ApprovalRow } from '@signalbox/engine';
import { DEFAULT_APPROVAL, type CheckConfiguration } from '@signalbox/model';
import type { CheckInput, Store } from '@signalbox/store';
import { describe, expect, it } from 'vitest';
import { storesOf, withProject, type Harness } from '../support/harness.ts';
import { birth } from '../support/samples.ts';
import { script } from '../support/scripted-engine.ts';

const PROD = { type: 'environment', id: '1', name: 'prod' } as const;
const project = 1;
const DB = { type: 'environment', id: '2', name: 'db' } as const;

export function checksSuite(harness: Harness): void {
  const openWithProject = withProject(storesOf(harness));

  function input(name: string, more: Partial<CheckInput> = {}): CheckInput {
    const settings = { ...DEFAULT_APPROVAL, approvers: [{ kind: 'user' as const, name }] };
    return { settings, timeoutMinutes: 60, enabled: true, by: 'ann', ...more };
  }

  describe('checks', () => {
    it('are kept with their version, and listed by resource in the order of creation', async () => {
      const store = await openWithProject();
      const first = await store.checks.create(project, PROD, input('bob'));
      const second = await store.checks.create(project, PROD, input('cid', { enabled: false }));
      const other = await store.checks.create(project, DB, input('bob'));
      expect(first).toMatchObject({ version: 1, resource: PROD, createdBy: 'ann', enabled: true });
      expect(await store.checks.list(project)).toEqual([first, second, other]);
      expect(await store.checks.list(project, PROD)).toEqual([first, second]);
      expect(await store.checks.list(project + 1)).toEqual([]);
      const changed = await store.checks.update(project, first.id, input('dan', { by: 'eve' }));
      expect(changed).toMatchObject({ id: first.id, version: 2, createdBy: 'ann', modifiedBy: 'eve' });
      expect(await store.checks.get(project, first.id)).toEqual(changed);
      expect(await store.checks.get(project + 1, first.id)).toBeUndefined();
      await expect(store.checks.update(project, 99, input('bob'))).rejects.toMatchObject({
        code: 'not-found',
      });
      expect(await store.checks.remove(project, second.id)).toBe(true);
      expect(await store.checks.remove(project, second.id)).toBe(false);
    });

    it('answer a run with the enabled ones of a resource (CHK-2, CHK-52)', async () => {
      const store = await openWithProject();
      await store.environments.create(project, { name: 'prod', createdBy: 'ann' });
      const { id } = await store.checks.create(project, PROD, input('bob'));
      await store.checks.create(project, PROD, input('cid', { enabled: false }));
      const run = { kind: 'run', id: 1 } as const;
      const need = {
        need: 'checks',
        project,
        definition: 1,
        resource: { type: PROD.type, id: PROD.id },
      } as const;
      const asked = script(run, { needs: [need] });
      const reply = await store.inbox.execute(asked, 'ask');
      const { settings, timeoutMinutes } = input('bob');
      const check: CheckConfiguration = { id, version: 1, resource: PROD, timeoutMinutes, settings };
      expect(reply).toEqual({ ok: true, value: [{ of: need, checks: [check] }] });
    });
  });

  describe('approvals', () => {
    it('are listed newest first, the open ones alone if wanted, and change with their run', async () => {
      const store = await openWithProject();
      const births = [birth(1), birth(2)];
      await store.inbox.execute(script({ kind: 'trigger', id: 1 }, { births }), 'births');
      const save = (row: ApprovalRow, key: string): Promise<unknown> =>
        store.inbox.execute(
          script({ kind: 'run', id: row.run }, { changes: [{ table: 'approval', row }] }),
          key,
        );
      const row = { project, stage: 'Deploy', attempt: 1, check: 1, status: 'running' } as const;
      const first = { ...row, run: 1, createdAt: 10 };
      const second = { ...row, run: 2, createdAt: 20 };
      const third = { ...row, run: 2, check: 2, createdAt: 20 };
      for (const one of [first, second, third]) await save(one, `${one.run} ${one.check}`);
      const list = (open: boolean, limit = 9): ReturnType<Store['approvals']['list']> =>
        store.approvals.list(project, { open, limit });
      expect(await list(true)).toEqual([third, second, first]);
      expect(await list(true, 1)).toEqual([third]);
      await save({ ...second, stage: 'DEPLOY', status: 'approved' }, 'decided');
      expect(await list(true)).toEqual([third, first]);
      expect((await list(false)).map(({ status }) => status)).toEqual(['running', 'approved', 'running']);
      expect(await store.approvals.list(2, { open: false, limit: 9 })).toEqual([]);
    });
  });
}
