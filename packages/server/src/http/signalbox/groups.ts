import type { Collection, GroupView } from '@signalbox/api';
import { MAX_APPROVER_NAME } from '@signalbox/model';
import { listGroups, removeGroup, saveGroup } from '../../auth/groups.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, notFound } from '../problem.ts';
import { collection } from '../shape/common.ts';

/** More members than this belong into an identity provider. */
const MAX_MEMBERS = 1000;

/** The groups of people that approvals name (APPR-2). */
export const groupHandlers: Handlers<'listGroups' | 'setGroup' | 'removeGroup'> = {
  listGroups: async ({ app }): Promise<Collection<GroupView>> => collection(await listGroups(app.store)),
  setGroup: async (ask) => setGroup(ask),
  async removeGroup(ask) {
    const name = nameIn(ask);
    if (!(await removeGroup(ask.app.store, name))) throw notFound('Group', `The group ${name}`);
    await ask.reply.code(204).send();
    return undefined;
  },
};

async function setGroup(ask: Ask): Promise<GroupView> {
  const name = nameIn(ask);
  const members = ask.body().list('members').map(memberIn);
  if (members.length > MAX_MEMBERS) throw badRequest(`A group has at most ${MAX_MEMBERS} members.`);
  const group = { name, members };
  await saveGroup(ask.app.store, group);
  return group;
}

function memberIn(member: unknown): string {
  if (typeof member === 'string' && isName(member)) return member;
  throw badRequest(`"members" must be a list of names of 1 to ${MAX_APPROVER_NAME} characters.`);
}

function nameIn(ask: Ask): string {
  const name = ask.param('group');
  if (isName(name)) return name;
  throw badRequest(`The name of a group has 1 to ${MAX_APPROVER_NAME} characters, none of them for control.`);
}

function isName(name: string): boolean {
  return name.trim() !== '' && name.length <= MAX_APPROVER_NAME && !/\p{Cc}/u.test(name);
}
