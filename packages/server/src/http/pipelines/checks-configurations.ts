import { EXCLUSIVE_LOCK_CHECK, type WireCheck } from '@signalbox/api';
import type { ProjectRow } from '@signalbox/store';
import type { Ask, Handlers } from '../ask.ts';
import { requireAct } from '../library/require-act.ts';
import { fieldsOf } from '../read/fields.ts';
import { collection } from '../shape/common.ts';
import { checkFields } from './checks/check-body.ts';
import type { CheckHome } from './checks/check-home.ts';
import { readResource } from './checks/check-resources.ts';
import { lockChecks } from './checks/lock-checks.ts';
import { isRowId, rowChecks } from './checks/row-checks.ts';

/** Checks on protected resources: which, and how they are set up (REST.md §3.6). */
export const checkHandlers: Handlers<
  'listChecks' | 'createCheck' | 'getCheck' | 'updateCheck' | 'deleteCheck' | 'queryChecks'
> = {
  async listChecks(ask) {
    const type = ask.query.text('resourceType')?.toLowerCase();
    const id = ask.query.text('resourceId');
    const all = await allChecks(ask);
    return collection(
      all.filter(
        ({ resource }) =>
          (type === undefined || resource.type === type) && (id === undefined || resource.id === id),
      ),
    );
  },
  async createCheck(ask) {
    const project = await ask.project();
    const body = ask.body();
    checkFields(body);
    const resource = await readResource(ask, project, body.object('resource'));
    await requireAct(ask, project, 'administer', resource);
    const isLock = body.object('type').text('id')?.toLowerCase() === EXCLUSIVE_LOCK_CHECK;
    return (isLock ? lockChecks : rowChecks).create(ask, project, resource);
  },
  async getCheck(ask) {
    return homeOf(ask).get(ask, await ask.project(), idIn(ask));
  },
  async updateCheck(ask) {
    return homeOf(ask).update(ask, await administered(ask), idIn(ask));
  },
  async deleteCheck(ask) {
    await homeOf(ask).remove(ask, await administered(ask), idIn(ask));
    await ask.reply.code(204).send();
    return undefined;
  },
  async queryChecks(ask) {
    const asked = ask.bodyList().map((item) => {
      const fields = fieldsOf(item, 'Each resource');
      return `${fields.text('type')?.toLowerCase()}:${fields.textOrNumber('id')}`;
    });
    const all = await allChecks(ask);
    return collection(all.filter(({ resource }) => asked.includes(`${resource.type}:${resource.id}`)));
  },
};

/** The project of the check that the path names, whose resource the caller must administer (TH1, ENV-3). */
async function administered(ask: Ask): Promise<ProjectRow> {
  const project = await ask.project();
  const { resource } = await homeOf(ask).get(ask, project, idIn(ask));
  await requireAct(ask, project, 'administer', resource);
  return project;
}

async function allChecks(ask: Ask): Promise<readonly WireCheck[]> {
  const project = await ask.project();
  return [...(await lockChecks.list(ask, project)), ...(await rowChecks.list(ask, project))];
}

function idIn(ask: Ask): number {
  return ask.id('checkId', 'CheckConfiguration');
}

function homeOf(ask: Ask): CheckHome {
  return isRowId(idIn(ask)) ? rowChecks : lockChecks;
}
