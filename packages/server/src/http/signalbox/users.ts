import type { EnumTable, UserView } from '@signalbox/api';
import { fold, MAX_APPROVER_NAME } from '@signalbox/model';
import type { UserRow } from '@signalbox/store';
import { lastAdministratorWithout } from '../../auth/last-administrator.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, conflict, notFound } from '../problem.ts';
import type { Fields } from '../read/fields.ts';
import { collection, identityRef, wireTime } from '../shape/common.ts';

const KIND: EnumTable<UserView['kind']> = { person: 0, service: 1 };

/** Users: people and services. */
export const userHandlers: Handlers<'listUsers' | 'createUser' | 'updateUser'> = {
  listUsers: async ({ app }) => collection((await app.store.users.list()).map(userView)),
  createUser: async (ask) => create(ask),
  updateUser: async (ask) => update(ask),
};

async function create(ask: Ask): Promise<UserView> {
  const body = ask.body();
  refuseUnknown(body, ['name', 'displayName', 'mail', 'kind']);
  const name = body.text('name', MAX_APPROVER_NAME)?.trim() ?? '';
  if (name === '' || /[\p{Cc}\\/]/u.test(name))
    throw badRequest(`A user has a "name" of 1 to ${MAX_APPROVER_NAME} characters without slashes.`);
  const kind = body.word('kind', KIND);
  const user = { name, ...described(body), ...(kind !== undefined && { kind }) };
  return userView(await ask.app.store.users.create(user));
}

async function update(ask: Ask): Promise<UserView> {
  const { store } = ask.app;
  const name = ask.param('user');
  const user = await store.users.find(name);
  if (user === undefined) throw notFound('User', `The user ${name.slice(0, 100)}`);
  const body = ask.body();
  refuseUnknown(body, ['displayName', 'mail', 'active']);
  const active = body.flag('active');
  if (active === false) await checkDisabling(ask, user);
  const patch = { ...described(body), ...(active !== undefined && { active }) };
  return userView(await store.users.update(user.id, patch));
}

/** Nobody locks himself out, nor everybody. */
async function checkDisabling({ app, principal }: Ask, user: UserRow): Promise<void> {
  if ('user' in principal && principal.user === user.id)
    throw conflict('UserInUseException', 'You cannot disable yourself. Another administrator can.');
  if (await lastAdministratorWithout(app.store, { user: user.name }))
    throw conflict(
      'LastAdministratorException',
      `${user.name} is the last administrator. Make another one first.`,
    );
}

function described(body: Fields): Partial<Pick<UserRow, 'displayName' | 'mail'>> {
  const displayName = body.text('displayName', 256)?.trim();
  const mail = body.text('mail', 320)?.trim();
  if (displayName === '' || /\p{Cc}/u.test(`${displayName ?? ''}${mail ?? ''}`))
    throw badRequest('"displayName" and "mail" are texts without control characters; a name is not empty.');
  return { ...(displayName !== undefined && { displayName }), ...(mail !== undefined && { mail }) };
}

function refuseUnknown(body: Fields, known: readonly string[]): void {
  const folded = new Set(known.map(fold));
  const unknown = body.entries().find(([name]) => !folded.has(fold(name)))?.[0];
  if (unknown !== undefined)
    throw badRequest(
      `"${unknown.slice(0, 60)}" is nothing of a user that is set here; known are ${known.join(', ')}.`,
    );
}

function userView({ name, displayName, mail, kind, active, createdAt }: UserRow): UserView {
  return {
    id: identityRef(name).id,
    name,
    displayName,
    mail,
    kind,
    active,
    createdOn: wireTime(createdAt),
  };
}
