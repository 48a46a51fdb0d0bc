import type { Collection, WireIdentity } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { GroupRow, UserRow } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import type { Ask, Handlers } from '../ask.ts';
import { notFound } from '../problem.ts';
import { collection, identityRef } from '../shape/common.ts';

/** Users and groups; az resolves `--requested-for` here (REST.md §3.1). */
export const identityHandlers: Handlers<'listIdentities' | 'getIdentity' | 'getSelf'> = {
  listIdentities: async (ask) => listIdentities(ask),
  getIdentity: async (ask) => getIdentity(ask),
  async getSelf(ask) {
    const user = 'user' in ask.principal ? await ask.app.store.users.get(ask.principal.user) : undefined;
    return user === undefined ? wireIdentity(callerName(ask)) : ofUser(user);
  },
};

async function listIdentities(ask: Ask): Promise<Collection<WireIdentity>> {
  const { query } = ask;
  const wanted = query.text('filterValue')?.toLowerCase();
  const ids = query.texts('identityIds')?.map(fold);
  const descriptors = query.texts('subjectDescriptors') ?? query.texts('descriptors');
  const all = await allIdentities(ask);
  return collection(
    all
      .filter(
        ({ identity: { id, descriptor }, names }) =>
          (wanted === undefined || names.includes(wanted)) &&
          (ids?.includes(id) ?? true) &&
          (descriptors?.includes(descriptor) ?? true),
      )
      .map(({ identity }) => identity),
  );
}

async function getIdentity(ask: Ask): Promise<WireIdentity> {
  const id = ask.param('identityId');
  const found = (await allIdentities(ask)).find(({ identity }) => identity.id === fold(id));
  if (found === undefined) throw notFound('Identity', `The identity ${id.slice(0, 40)}`);
  return found.identity;
}

/** An identity and the names that clients find it by, folded. */
interface Known {
  readonly identity: WireIdentity;
  readonly names: readonly string[];
}

async function allIdentities({ app }: Ask): Promise<readonly Known[]> {
  const users = (await app.store.users.list()).map((user) => ({
    identity: ofUser(user),
    names: [user.name, user.displayName, user.mail].map((name) => name.toLowerCase()),
  }));
  const groups = (await app.store.groups.list()).map((group) => ({
    identity: ofGroup(group),
    names: [group.name.toLowerCase()],
  }));
  return [...users, ...groups];
}

function ofUser({ name, displayName, active }: UserRow): WireIdentity {
  return { ...wireIdentity(name), displayName, providerDisplayName: displayName, isActive: active };
}

function ofGroup({ name, members }: GroupRow): WireIdentity {
  const descriptors = members.map((member) => identityRef(member.name).descriptor);
  return { ...wireIdentity(name), isContainer: true, members: descriptors };
}

function wireIdentity(name: string): WireIdentity {
  const identity = identityRef(name);
  return {
    ...identity,
    providerDisplayName: name,
    subjectDescriptor: identity.descriptor,
    isActive: true,
    isContainer: false,
    members: [],
  };
}
