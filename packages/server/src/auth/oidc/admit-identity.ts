import { StoreError, type Store, type UserRow } from '@signalbox/store';
import type { Identity } from './identity.ts';
import { SignInRefused } from './refused.ts';
import type { OidcSettings } from './settings.ts';

/**
 * The user of somebody who signed in at the provider: known again by issuer and subject, never by name or e-mail, which
 * a provider may give to somebody else one day. A newcomer becomes a user, if the name is free.
 */
export async function admitIdentity(store: Store, who: Identity, settings: OidcSettings): Promise<UserRow> {
  const known = await store.users.ofSubject(who.issuer, who.subject);
  if (known?.active === false)
    throw new SignInRefused('user-disabled', `The user ${known.name} is disabled.`);
  const user =
    known === undefined ? await newcomer(store, who, settings) : await refreshed(store, known, who);
  await placeInGroups(store, user, { who, settings });
  return user;
}

async function newcomer(store: Store, who: Identity, settings: OidcSettings): Promise<UserRow> {
  const user = await made(store, who);
  const { newcomerRole: role } = settings;
  if (role !== undefined) await store.roles.give({ place: {}, kind: 'user', name: user.name, role });
  return user;
}

async function made(store: Store, who: Identity): Promise<UserRow> {
  const { issuer, subject, name, displayName, mail } = who;
  try {
    return await store.users.create({ issuer, subject, name, displayName, mail, kind: 'person' });
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'name-taken') throw error;
    // Two sign-ins of one newcomer at once: the other one was quicker.
    const twin = await store.users.ofSubject(who.issuer, who.subject);
    if (twin !== undefined) return twin;
    const detail = `There is a user ${who.name}, and it is not the subject ${who.subject} of ${who.issuer}.`;
    throw new SignInRefused('name-taken', detail, { cause: error });
  }
}

/** How somebody is shown and reached follows the provider; the name never changes. */
async function refreshed(store: Store, user: UserRow, { displayName, mail }: Identity): Promise<UserRow> {
  const patch = {
    ...(displayName !== user.displayName && { displayName }),
    ...(mail !== '' && mail !== user.mail && { mail }),
  };
  return Object.keys(patch).length === 0 ? user : store.users.update(user.id, patch);
}

/** Groups that are mapped follow the provider, in and out; all others are left as they are. */
async function placeInGroups(
  store: Store,
  { name }: UserRow,
  { who, settings }: { readonly who: Identity; readonly settings: OidcSettings },
): Promise<void> {
  const ours = new Set(settings.groups.map((pair) => pair.ours));
  const mine = new Set(
    settings.groups.filter(({ theirs }) => who.groups.includes(theirs)).map((pair) => pair.ours),
  );
  for (const group of ours) {
    const member = { kind: 'user', name } as const;
    await (mine.has(group) ? store.groups.join(group, member) : store.groups.leave(group, member));
  }
}
