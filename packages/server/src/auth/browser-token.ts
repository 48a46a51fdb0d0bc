import type { Instant } from '@signalbox/model';
import type { Store, TokenRow, UserRow } from '@signalbox/store';
import { hashOf, newSecret } from './secret.ts';
import { BROWSER_SCOPE } from './token-scope.ts';
import { isUsable } from './users.ts';

/**
 * The token that the sessions of somebody hang on who signs in at a provider. Nobody knows its secret: it is listed so
 * that one can see when it was used last, and end all of these sessions by revoking it. The next sign-in makes another.
 */
export async function browserToken(store: Store, user: UserRow, now: Instant): Promise<TokenRow> {
  const mine = await store.tokens.ofUser(user.id);
  const known = mine.find((row) => row.scope === BROWSER_SCOPE && isUsable(row, now));
  if (known !== undefined) return known;
  return store.tokens.create({
    hash: hashOf(newSecret()),
    name: 'sign-in in the browser',
    scope: BROWSER_SCOPE,
    user: user.id,
  });
}
