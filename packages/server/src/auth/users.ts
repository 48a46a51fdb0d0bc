import type { HumanRole } from '@signalbox/api';
import type { Instant } from '@signalbox/model';
import type { Store, TokenRow, UserRow } from '@signalbox/store';
import type { PersonPrincipal } from './principal.ts';
import { rightsOf, strongestRole } from './rights.ts';
import { limitOf, userScopeOf, type UserScope } from './token-scope.ts';

/** A user with the role on the organisation, both made if they are not there. */
export async function userWithRole(store: Store, name: string, role: HumanRole): Promise<UserRow> {
  const user = await store.users.upsert({ name });
  await store.roles.give({ place: {}, kind: 'user', name: user.name, role });
  return user;
}

/** Whether a token may still be used. */
export function isUsable({ revokedAt, expiresAt }: TokenRow, now: Instant): boolean {
  return revokedAt === undefined && (expiresAt === undefined || expiresAt > now);
}

/**
 * Whose a token is. A token from before there were users belongs to the user of its name, who is made, with the role of
 * the token where it is still good; a replica of an older version may make such tokens at any time.
 */
export async function ownerOf(store: Store, row: TokenRow, now: Instant): Promise<UserRow | undefined> {
  const scope = userScopeOf(row);
  if (scope === undefined) return undefined;
  if (row.user !== undefined) return store.users.get(row.user);
  const user = await store.users.upsert({ name: row.name });
  if (scope.kind === 'role' && isUsable(row, now)) {
    const place = row.project === undefined ? {} : { project: row.project };
    await store.roles.give({ place, kind: 'user', name: user.name, role: scope.role });
  }
  await store.tokens.assign(row.id, user.id);
  return user;
}

/** A user as he calls with a token: his roles of this moment, less what the token is limited to. */
export async function personWith(
  store: Store,
  user: UserRow,
  { row, scope, session }: { readonly row: TokenRow; readonly scope: UserScope; readonly session: boolean },
): Promise<PersonPrincipal> {
  const groups = await store.groups.of(user.name);
  const cap = limitOf(scope);
  const rights = rightsOf(await store.roles.of(user.name, groups), {
    ...(cap !== undefined && { cap }),
    ...(row.project !== undefined && { only: row.project }),
  });
  const role = strongestRole(rights);
  return { role, token: row.id, name: user.name, user: user.id, groups, rights, session };
}
