import type { Collection, EnumTable, NewToken, NewTokenView, TokenView } from '@signalbox/api';
import type { TokenRow } from '@signalbox/store';
import { hashOf, newSecret } from '../../auth/secret.ts';
import { DAY_MS } from '../../limits.ts';
import type { Ask, Handlers } from '../ask.ts';
import { machinePoolName } from '../../work/machine-pool.ts';
import { badRequest, conflict, notFound } from '../problem.ts';
import type { Fields } from '../read/fields.ts';
import { collection, wireTime } from '../shape/common.ts';

const ROLE: EnumTable<NewToken['role']> = { administrator: 0, contributor: 1, reader: 2, agent: 3 };

/** Tokens of people and agents; those of jobs and checks come and go by themselves and are not listed. */
export const tokenHandlers: Handlers<'listTokens' | 'createToken' | 'revokeToken'> = {
  listTokens: async (ask) => listTokens(ask),
  createToken: async (ask) => createToken(ask),
  revokeToken: async (ask) => revokeToken(ask),
};

async function listTokens(ask: Ask): Promise<Collection<TokenView>> {
  const rows = (await ask.app.store.tokens.list()).filter(isListed);
  const views: TokenView[] = [];
  for (const row of rows) views.push(await tokenView(ask, row));
  return collection(views);
}

function isListed(row: TokenRow): boolean {
  return !/^(?:job|check):/.test(row.scope);
}

async function createToken(ask: Ask): Promise<NewTokenView> {
  const { store } = ask.app;
  const body = ask.body();
  const role = body.word('role', ROLE);
  const name = body.text('name', 128)?.trim() ?? '';
  if (role === undefined || name === '') throw badRequest('A token needs a "name" and a "role".');
  const poolName = await poolNameIn(ask, body);
  if ((role === 'agent') !== (poolName !== undefined)) {
    throw badRequest('"pool" or "environment" names what an agent token is for, and no other has one.');
  }
  const days = body.number('expiresInDays');
  if (days !== undefined && (days < 1 || days > 3650))
    throw badRequest('"expiresInDays" is a number from 1 to 3650.');
  const pool = poolName === undefined ? undefined : await store.pools.upsert(poolName);
  const secret = newSecret();
  const row = await store.tokens.create({
    hash: hashOf(secret),
    name,
    scope: role,
    ...(pool !== undefined && { pool: pool.id }),
    ...(days !== undefined && { expiresAt: ask.now + days * DAY_MS }),
  });
  return { ...(await tokenView(ask, row)), secret };
}

/** The pool by its name, or that of the machines of an environment (DEP-12). */
async function poolNameIn(ask: Ask, body: Fields): Promise<string | undefined> {
  const pool = body.text('pool', 128);
  if (pool?.includes('/') === true) throw badRequest('The name of a pool has no slashes.');
  if (!body.has('environment')) return pool;
  if (pool !== undefined) throw badRequest('A token is for a "pool" or for an "environment".');
  const { store } = ask.app;
  const said = body.object('environment');
  const project = await store.projects.find(said.text('project') ?? '');
  const name = said.text('name') ?? '';
  const environment = project && (await store.environments.find(project.id, name));
  if (environment === undefined) throw notFound('Environment', `The environment ${name}`);
  return machinePoolName({ project: environment.project, environment: environment.id });
}

async function revokeToken(ask: Ask): Promise<undefined> {
  const { store } = ask.app;
  const id = ask.id('tokenId', 'Token');
  const rows = (await store.tokens.list()).filter(isListed);
  const row = rows.find((one) => one.id === id);
  if (row === undefined) throw notFound('Token', `The token ${id}`);
  if ('token' in ask.principal && ask.principal.token === id) {
    throw conflict('TokenInUseException', 'This is the token you are using. Use another one to revoke it.');
  }
  await store.tokens.revoke(id);
  await ask.reply.code(204).send();
  return undefined;
}

async function tokenView({ app }: Ask, row: TokenRow): Promise<TokenView> {
  const pool = row.pool === undefined ? undefined : await app.store.pools.get(row.pool);
  return {
    id: row.id,
    name: row.name,
    role: row.scope,
    ...(pool !== undefined && { pool: pool.name }),
    createdOn: wireTime(row.createdAt),
    ...(row.expiresAt !== undefined && { expiresOn: wireTime(row.expiresAt) }),
    ...(row.lastUsedAt !== undefined && { lastUsedOn: wireTime(row.lastUsedAt) }),
    ...(row.revokedAt !== undefined && { revokedOn: wireTime(row.revokedAt) }),
  };
}
