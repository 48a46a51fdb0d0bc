import type { Collection, WireIdentity } from '@signalbox/api';
import { fold } from '@signalbox/model';
import { listGroups } from '../../auth/groups.ts';
import { callerName } from '../../auth/principal.ts';
import type { Ask, Handlers } from '../ask.ts';
import { notFound } from '../problem.ts';
import { collection, identityRef } from '../shape/common.ts';

/** People as far as tokens name them, and groups; az resolves `--requested-for` here (REST.md §3.1). */
export const identityHandlers: Handlers<'listIdentities' | 'getIdentity' | 'getSelf'> = {
  listIdentities: async (ask) => listIdentities(ask),
  getIdentity: async (ask) => getIdentity(ask),
  getSelf: async (ask) => wireIdentity(callerName(ask)),
};

const PEOPLE: readonly string[] = ['administrator', 'contributor', 'reader'];

async function listIdentities(ask: Ask): Promise<Collection<WireIdentity>> {
  const { query } = ask;
  const wanted = query.text('filterValue')?.toLowerCase();
  const ids = query.texts('identityIds')?.map(fold);
  const descriptors = query.texts('subjectDescriptors') ?? query.texts('descriptors');
  return collection(
    (await allIdentities(ask)).filter(
      ({ id, displayName, descriptor }) =>
        (wanted === undefined || displayName.toLowerCase() === wanted) &&
        (ids?.includes(id) ?? true) &&
        (descriptors?.includes(descriptor) ?? true),
    ),
  );
}

async function getIdentity(ask: Ask): Promise<WireIdentity> {
  const id = ask.param('identityId');
  const found = (await allIdentities(ask)).find((one) => one.id === fold(id));
  if (found === undefined) throw notFound('Identity', `The identity ${id.slice(0, 40)}`);
  return found;
}

async function allIdentities({ app }: Ask): Promise<readonly WireIdentity[]> {
  const people = (await app.store.tokens.list()).filter((token) => PEOPLE.includes(token.scope));
  const names = new Map(people.map(({ name }) => [fold(name), name]));
  const groups = (await listGroups(app.store)).map(({ name, members }) => wireIdentity(name, members));
  return [...[...names.values()].map((name) => wireIdentity(name)), ...groups];
}

function wireIdentity(name: string, members?: readonly string[]): WireIdentity {
  const identity = identityRef(name);
  return {
    ...identity,
    providerDisplayName: name,
    subjectDescriptor: identity.descriptor,
    isActive: true,
    isContainer: members !== undefined,
    members: (members ?? []).map((member) => identityRef(member).descriptor),
  };
}
