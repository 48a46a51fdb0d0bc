import { FULL_ACCESS, SCOPES, scopeNamed } from '@signalbox/api';
import type { Instant, ProjectId } from '@signalbox/model';
import type { UserRow } from '@signalbox/store';
import { isPermitted, type PersonPrincipal } from '../../../auth/principal.ts';
import { capOf } from '../../../auth/rights.ts';
import { hashOf, newSecret } from '../../../auth/secret.ts';
import { personalScope } from '../../../auth/token-scope.ts';
import { DAY_MS, PERSONAL_TOKEN_DAYS, PERSONAL_TOKEN_DAYS_MOST } from '../../../limits.ts';
import { findProject, type Ask } from '../../ask.ts';
import { refusalOf } from '../../guard/admit.ts';
import { badRequest, forbidden, notFound } from '../../problem.ts';
import type { Fields } from '../../read/fields.ts';
import { expiryIn, type MadeToken } from './made.ts';

/**
 * Makes a personal access token: for the caller or, by an administrator, for another user. It never allows more than
 * the token that asks for it: not by scope, not by project, and not for longer.
 */
export async function createPersonalToken(ask: Ask, body: Fields): Promise<MadeToken> {
  const { principal } = ask;
  if (!('rights' in principal)) throw forbidden('Only users have personal tokens.');
  const name = body.text('name', 128)?.trim() ?? '';
  if (name === '') throw badRequest('A token needs a "name", and "scopes" or a "role".');
  const scopes = scopesIn(body);
  const user = await ownerIn(ask, principal, body);
  const project = await projectIn(ask, principal, body);
  checkScopes(principal, scopes);
  const secret = newSecret();
  const row = await ask.app.store.tokens.create({
    hash: hashOf(secret),
    name,
    scope: personalScope(scopes),
    user: user.id,
    ...(project !== undefined && { project }),
    expiresAt: await endOf(ask, principal, body),
  });
  return { row, secret };
}

function scopesIn(body: Fields): readonly string[] {
  const said = body.list('scopes');
  if (said.length === 0)
    throw badRequest(
      `"scopes" lists what the token is for: ${[...Object.keys(SCOPES), FULL_ACCESS].join(', ')}.`,
    );
  const scopes = said.map((one) => {
    const scope = typeof one === 'string' ? scopeNamed(one) : undefined;
    if (scope !== undefined) return scope;
    const known = [...Object.keys(SCOPES), FULL_ACCESS].join(', ');
    throw badRequest(`There is no scope ${JSON.stringify(one).slice(0, 60)}. Choose from ${known}.`);
  });
  return [...new Set(scopes)];
}

async function ownerIn({ app }: Ask, principal: PersonPrincipal, body: Fields): Promise<UserRow> {
  const name = body.text('user', 256);
  const user = await (name === undefined ? app.store.users.get(principal.user) : app.store.users.find(name));
  if (user?.id !== principal.user && !isPermitted(principal, 'manageTokens'))
    throw refusalOf(principal, 'manageTokens');
  if (user === undefined) throw notFound('User', `The user ${name?.slice(0, 100) ?? ''}`);
  return user;
}

async function projectIn(
  { app }: Ask,
  principal: PersonPrincipal,
  body: Fields,
): Promise<ProjectId | undefined> {
  const named = body.text('project', 256);
  const { only } = principal.rights;
  // Any project that the caller may read; what the token may do there, the roles say at each use.
  const asks = { ...principal, asks: 'readRuns' } as const;
  const project = named === undefined ? undefined : (await findProject(app, asks, named)).id;
  if (only !== undefined && project !== only)
    throw forbidden('Your token is for one project; it makes tokens for that project only.');
  return project;
}

function checkScopes({ rights }: PersonPrincipal, scopes: readonly string[]): void {
  const wanted = capOf(scopes);
  const { cap } = rights;
  if (cap === undefined || (wanted !== undefined && [...wanted].every((permission) => cap.has(permission))))
    return;
  throw forbidden('The token that you use allows less than this. Sign in, or use a token with more scopes.');
}

async function endOf({ app, now }: Ask, principal: PersonPrincipal, body: Fields): Promise<Instant> {
  const asked = expiryIn(body, now, PERSONAL_TOKEN_DAYS_MOST);
  const used = await app.store.tokens.get(principal.token);
  // A session ends by itself and was begun by somebody who showed who he is.
  const latest = principal.session ? undefined : used?.expiresAt;
  const end = asked ?? now + PERSONAL_TOKEN_DAYS * DAY_MS;
  if (latest === undefined || end <= latest) return end;
  if (asked === undefined) return latest;
  throw forbidden('The token that you use ends before that. Sign in, or choose fewer days.');
}
