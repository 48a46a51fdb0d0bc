import type { EnumTable, HumanRole } from '@signalbox/api';
import { isPermitted } from '../../../auth/principal.ts';
import { hashOf, newSecret } from '../../../auth/secret.ts';
import { userWithRole } from '../../../auth/users.ts';
import { machinePoolName } from '../../../work/machine-pool.ts';
import type { Ask } from '../../ask.ts';
import { refusalOf } from '../../guard/admit.ts';
import { badRequest, notFound } from '../../problem.ts';
import type { Fields } from '../../read/fields.ts';
import { expiryIn, type MadeToken } from './made.ts';

const ROLE: EnumTable<HumanRole | 'agent'> = {
  administrator: 0,
  contributor: 1,
  reader: 2,
  agent: 3,
  approver: 4,
  agentManager: 5,
};

const MOST_DAYS = 3650;

/**
 * Makes a token for a role: of a user, who is made if there is none and given the role on the organisation; or of the
 * agents of a pool or of the machines of an environment (DEP-12).
 */
export async function createRoleToken(ask: Ask, body: Fields): Promise<MadeToken> {
  const role = body.word('role', ROLE);
  const name = body.text('name', 128)?.trim() ?? '';
  if (role === undefined || name === '') throw badRequest('A token needs a "name" and a "role".');
  const needs = role === 'agent' ? 'managePools' : 'manageTokens';
  if (!isPermitted(ask.principal, needs)) throw refusalOf(ask.principal, needs);
  const poolName = await poolNameIn(ask, body);
  if ((role === 'agent') !== (poolName !== undefined)) {
    throw badRequest('"pool" or "environment" names what an agent token is for, and no other has one.');
  }
  const expiresAt = expiryIn(body, ask.now, MOST_DAYS);
  const secret = newSecret();
  const { store } = ask.app;
  const whose =
    role === 'agent' || poolName !== undefined
      ? { pool: (await store.pools.upsert(poolName ?? '')).id }
      : { user: (await userWithRole(store, name, role)).id };
  const row = await store.tokens.create({
    hash: hashOf(secret),
    name,
    scope: role,
    ...whose,
    ...(expiresAt !== undefined && { expiresAt }),
  });
  return { row, secret };
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
