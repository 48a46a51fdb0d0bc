import type { Instant } from '@signalbox/model';
import type { Store, TokenRow } from '@signalbox/store';
import { programOf, type Principal } from './principal.ts';
import { hashOf } from './secret.ts';
import { userScopeOf, type UserScope } from './token-scope.ts';
import { ownerOf, personWith } from './users.ts';

/** What a request brings to prove who it is. */
export interface Credentials {
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
}

/** Who it is; or that the proof is no good, with the reason. */
export type Authentication =
  | { readonly ok: true; readonly principal: Principal }
  /** `guess`: no token of ours, so perhaps somebody tries them out; one that has ended is no guess. */
  | { readonly ok: false; readonly reason: string; readonly guess: boolean };

// A secret longer than this is none of ours; hashing it would be work for nothing.
const LONGEST_SECRET = 512;

/**
 * Finds out who calls. A header wins over a cookie. Basic: any user name, the password is the token; Bearer: the same
 * token (REST.md §2.1).
 */
export async function authenticate(
  store: Store,
  credentials: Credentials,
  now: Instant,
): Promise<Authentication> {
  if (credentials.authorization !== undefined && credentials.authorization !== '') {
    const hash = hashIn(credentials.authorization);
    if (hash === undefined)
      return refused('The Authorization header is neither Basic nor Bearer with a token.', true);
    return fromToken(store, await store.tokens.find(hash), { session: false, now });
  }
  if (credentials.cookie === undefined) return { ok: true, principal: { role: 'anonymous' } };
  return fromSession(store, credentials.cookie, now);
}

/**
 * A browser's cookie is `<secret>.<hash of its token>`: the secret proves, the hash only finds the token's row
 * (a session knows its token by number, and tokens are found by hash).
 */
async function fromSession(store: Store, cookie: string, now: Instant): Promise<Authentication> {
  // A cookie of an ended session is what browsers have; it is nobody, not an attack.
  const nobody: Authentication = { ok: true, principal: { role: 'anonymous' } };
  const [secret = '', tokenHash = ''] = cookie.split('.');
  const session = await store.sessions.find(hashOf(secret));
  if (session === undefined || session.expiresAt <= now) return nobody;
  const row = await store.tokens.find(tokenHash);
  if (row?.id !== session.token) return nobody;
  const found = await fromToken(store, row, { session: true, now });
  return found.ok ? found : nobody;
}

async function fromToken(
  store: Store,
  row: TokenRow | undefined,
  { session, now }: { readonly session: boolean; readonly now: Instant },
): Promise<Authentication> {
  if (row === undefined) return refused('The token is not known.', true);
  if (row.revokedAt !== undefined) return refused('The token was revoked.');
  if (row.expiresAt !== undefined && row.expiresAt <= now) return refused('The token has expired.');
  const scope = userScopeOf(row);
  if (scope !== undefined) return fromUser(store, { row, scope, session }, now);
  const principal = programOf(row);
  if (principal === undefined) return refused('The token is not known.');
  if (principal.role === 'job') {
    if (!(await leaseIsOpen(store, principal))) return refused("The token's job is over.");
  } else {
    await store.tokens.touch(row.id);
  }
  return { ok: true, principal };
}

/** The user counts as he is now: disabled, or with other roles, from this request on. */
async function fromUser(
  store: Store,
  by: { readonly row: TokenRow; readonly scope: UserScope; readonly session: boolean },
  now: Instant,
): Promise<Authentication> {
  const user = await ownerOf(store, by.row, now);
  if (user === undefined) return refused('The token is not known.');
  if (!user.active) return refused('The user of the token is disabled.');
  await store.tokens.touch(by.row.id);
  return { ok: true, principal: await personWith(store, user, by) };
}

/** A job's token dies with its lease; nothing has to be revoked for it (INV-54). */
async function leaseIsOpen(store: Store, job: Extract<Principal, { role: 'job' }>): Promise<boolean> {
  const request = await store.poolWork.request(job.lease.pool, job.lease.request);
  return request?.state.phase === 'assigned' && request.state.lease === job.lease.lease;
}

/** What a header's secret is stored as; undefined when the header holds none. */
export function hashIn(header: string): string | undefined {
  const secret = secretIn(header);
  return secret === undefined ? undefined : hashOf(secret);
}

function secretIn(header: string): string | undefined {
  const [, scheme, value] = /^(basic|bearer) +([^ ]+) *$/i.exec(header) ?? [];
  if (scheme === undefined || value === undefined) return undefined;
  const secret = scheme.toLowerCase() === 'bearer' ? value : passwordIn(value);
  return secret === undefined || secret === '' || secret.length > LONGEST_SECRET ? undefined : secret;
}

function passwordIn(base64: string): string | undefined {
  const text = Buffer.from(base64, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : text.slice(colon + 1);
}

function refused(reason: string, guess = false): Authentication {
  return { ok: false, reason, guess };
}
