import { FULL_ACCESS, type HumanRole, type Permission } from '@signalbox/api';
import type { TokenRow } from '@signalbox/store';
import { capOf, capOfRole, isHumanRole } from './rights.ts';

const PERSONAL = 'pat:';

/** How the store keeps the scope of the token that sessions of a provider's people hang on. */
export const BROWSER_SCOPE = 'browser';

/** What the tokens of users are: made for a role, or personal with scopes. */
export type UserScope =
  | { readonly kind: 'role'; readonly role: HumanRole }
  | { readonly kind: 'personal'; readonly scopes: readonly string[] };

/** How the store keeps the scopes of a personal access token. */
export function personalScope(scopes: readonly string[]): string {
  return PERSONAL + scopes.join(' ');
}

/** What a token is, if it is one of a user; undefined for those of programs. */
export function userScopeOf({ scope }: Pick<TokenRow, 'scope'>): UserScope | undefined {
  if (isHumanRole(scope)) return { kind: 'role', role: scope };
  if (scope === BROWSER_SCOPE) return { kind: 'personal', scopes: [FULL_ACCESS] };
  if (!scope.startsWith(PERSONAL)) return undefined;
  return { kind: 'personal', scopes: scope.slice(PERSONAL.length).split(' ') };
}

/** What a token leaves of the permissions of its user; undefined: all of them. */
export function limitOf(scope: UserScope): ReadonlySet<Permission> | undefined {
  if (scope.kind === 'personal') return capOf(scope.scopes);
  // There is no permission of people that administrators have not.
  return scope.role === 'administrator' ? undefined : capOfRole(scope.role);
}
