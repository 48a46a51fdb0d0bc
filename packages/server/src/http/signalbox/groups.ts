import type { Collection, GroupView } from '@signalbox/api';
import { fold, MAX_APPROVER_NAME } from '@signalbox/model';
import type { GroupRow, Member } from '@signalbox/store';
import { circleOf } from '../../auth/circles.ts';
import { lastAdministratorWithout } from '../../auth/last-administrator.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, conflict, notFound } from '../problem.ts';
import { collection } from '../shape/common.ts';

/** More members than this belong into an identity provider. */
const MAX_MEMBERS = 1000;

/** The groups of users that approvals and roles name (APPR-2). */
export const groupHandlers: Handlers<'listGroups' | 'setGroup' | 'removeGroup'> = {
  listGroups: async ({ app }): Promise<Collection<GroupView>> =>
    collection((await app.store.groups.list()).map(groupView)),
  setGroup: async (ask) => setGroup(ask),
  async removeGroup(ask) {
    const name = nameIn(ask);
    await checkRemoval(ask, name);
    if (!(await ask.app.store.groups.remove(name))) throw notFound('Group', `The group ${name}`);
    await takeRoles(ask, name);
    await ask.reply.code(204).send();
    return undefined;
  },
};

/** Replaces users and groups in it as the body says; a group that is in itself by way of others is refused. */
async function setGroup(ask: Ask): Promise<GroupView> {
  const { store } = ask.app;
  const name = nameIn(ask);
  const body = ask.body();
  const known = await store.groups.list();
  const users = membersIn(body.list('members'), 'user');
  const before = known.find((one) => fold(one.name) === fold(name));
  // Clients that know of users only leave the groups as they are.
  const groups = body.has('groups')
    ? membersIn(body.list('groups'), 'group')
    : (before?.members ?? []).filter(({ kind }) => kind === 'group');
  const members = [...users, ...groups];
  if (members.length > MAX_MEMBERS) throw badRequest(`A group has at most ${MAX_MEMBERS} members.`);
  const missing = groups.find((one) => !known.some((group) => fold(group.name) === fold(one.name)));
  if (missing !== undefined && fold(missing.name) !== fold(name))
    throw badRequest(`"groups" names ${missing.name}, which is no group here. Make it first.`);
  const circle = circleOf(known, { name, members });
  if (circle !== undefined)
    throw badRequest(`The group would be in itself: ${circle.join(' › ')}. Leave one of them out.`);
  const description = body.text('description', 4000) ?? before?.description ?? '';
  return groupView(await store.groups.save({ name, description, members }));
}

async function checkRemoval({ app }: Ask, name: string): Promise<void> {
  const given = (await app.store.roles.at({})).filter(
    (row) => row.kind === 'group' && fold(row.name) === fold(name),
  );
  if (!given.some(({ role }) => role === 'administrator')) return;
  if (await lastAdministratorWithout(app.store, { role: { kind: 'group', name } }))
    throw conflict(
      'LastAdministratorException',
      'Its members are the last administrators. Make another one first.',
    );
}

/** Another group of the same name must not inherit them. */
async function takeRoles({ app }: Ask, name: string): Promise<void> {
  for (const row of await app.store.roles.list())
    if (row.kind === 'group' && fold(row.name) === fold(name)) await app.store.roles.take(row);
}

function groupView({ name, description, members }: GroupRow): GroupView {
  const names = (kind: Member['kind']): readonly string[] =>
    members.filter((one) => one.kind === kind).map((one) => one.name);
  return { name, description, members: names('user'), groups: names('group') };
}

function membersIn(names: readonly unknown[], kind: Member['kind']): readonly Member[] {
  return names.map((name) => {
    if (typeof name === 'string' && isName(name)) return { kind, name };
    const list = kind === 'user' ? 'members' : 'groups';
    throw badRequest(`"${list}" must be a list of names of 1 to ${MAX_APPROVER_NAME} characters.`);
  });
}

function nameIn(ask: Ask): string {
  const name = ask.param('group');
  if (isName(name)) return name;
  throw badRequest(`The name of a group has 1 to ${MAX_APPROVER_NAME} characters, none of them for control.`);
}

function isName(name: string): boolean {
  return name.trim() !== '' && name.length <= MAX_APPROVER_NAME && !/\p{Cc}/u.test(name);
}
