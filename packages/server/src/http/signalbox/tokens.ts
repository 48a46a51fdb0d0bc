import type { Collection, NewTokenView, TokenView } from '@signalbox/api';
import type { TokenRow } from '@signalbox/store';
import { isPermitted } from '../../auth/principal.ts';
import { userScopeOf } from '../../auth/token-scope.ts';
import type { Ask, Handlers } from '../ask.ts';
import { conflict, notFound } from '../problem.ts';
import { collection, wireTime } from '../shape/common.ts';
import { createPersonalToken } from './tokens/personal.ts';
import { createRoleToken } from './tokens/for-role.ts';
import type { MadeToken } from './tokens/made.ts';

/** Tokens of users and agents; those of jobs and checks come and go by themselves and are not listed. */
export const tokenHandlers: Handlers<'listTokens' | 'createToken' | 'revokeToken'> = {
  listTokens: async (ask) => listTokens(ask),
  async createToken(ask): Promise<NewTokenView> {
    const made = await makeToken(ask);
    return { ...(await tokenView(ask, made.row)), secret: made.secret };
  },
  revokeToken: async (ask) => revokeToken(ask),
};

async function makeToken(ask: Ask): Promise<MadeToken> {
  const body = ask.body();
  return body.has('role') || body.has('pool') || body.has('environment')
    ? createRoleToken(ask, body)
    : createPersonalToken(ask, body);
}

async function listTokens(ask: Ask): Promise<Collection<TokenView>> {
  const rows = (await ask.app.store.tokens.list()).filter((row) => isShown(ask, row));
  const views: TokenView[] = [];
  for (const row of rows) views.push(await tokenView(ask, row));
  return collection(views);
}

/** One's own; those of agents to who manages them; all that are listed at all to administrators. */
function isShown({ principal }: Ask, row: TokenRow): boolean {
  const scope = userScopeOf(row);
  if (/^(?:job|check):/.test(row.scope)) return false;
  if (isPermitted(principal, 'manageTokens')) return true;
  if (row.scope === 'agent') return isPermitted(principal, 'managePools');
  return scope !== undefined && 'user' in principal && row.user === principal.user;
}

async function revokeToken(ask: Ask): Promise<undefined> {
  const { store } = ask.app;
  const id = ask.id('tokenId', 'Token');
  const row = await store.tokens.get(id);
  if (row === undefined || !isShown(ask, row)) throw notFound('Token', `The token ${id}`);
  if ('token' in ask.principal && ask.principal.token === id) {
    throw conflict('TokenInUseException', 'This is the token you are using. Use another one to revoke it.');
  }
  await store.tokens.revoke(id);
  await ask.reply.code(204).send();
  return undefined;
}

async function tokenView(ask: Ask, row: TokenRow): Promise<TokenView> {
  const scope = userScopeOf(row);
  return {
    id: row.id,
    name: row.name,
    role: scope?.kind === 'personal' ? 'personal' : row.scope,
    ...(scope?.kind === 'personal' && { scopes: scope.scopes }),
    ...(await namesIn(ask, row)),
    createdOn: wireTime(row.createdAt),
    ...(row.expiresAt !== undefined && { expiresOn: wireTime(row.expiresAt) }),
    ...(row.lastUsedAt !== undefined && { lastUsedOn: wireTime(row.lastUsedAt) }),
    ...(row.revokedAt !== undefined && { revokedOn: wireTime(row.revokedAt) }),
  };
}

/** Whose a token is, and what it is for, by name. */
async function namesIn({ app }: Ask, row: TokenRow): Promise<Pick<TokenView, 'user' | 'project' | 'pool'>> {
  const { pools, users, projects } = app.store;
  const user = row.user === undefined ? undefined : await users.get(row.user);
  const project = row.project === undefined ? undefined : await projects.get(row.project);
  const pool = row.pool === undefined ? undefined : await pools.get(row.pool);
  return {
    ...(user !== undefined && { user: user.name }),
    ...(project !== undefined && { project: project.name }),
    ...(pool !== undefined && { pool: pool.name }),
  };
}
