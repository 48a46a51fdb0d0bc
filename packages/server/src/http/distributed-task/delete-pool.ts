import type { PoolId, ProjectId } from '@signalbox/model';
import { fold } from '@signalbox/model';
import { forgetPoolOptions } from '../../work/pool-options.ts';
import { DEFAULT_POOL } from '../../work/queue-run.ts';
import type { Ask, Handlers } from '../ask.ts';
import { deleteResource } from '../library/delete-resource.ts';
import { conflict } from '../problem.ts';
import { findPool, findQueue, poolType } from './pools.ts';

/** Deleting agent pools and queues: never while something needs them (REST.md §3.8). */
export const poolDeletionHandlers: Handlers<'deletePool' | 'deleteQueue'> = {
  deletePool: async (ask) => deletePool(ask),
  deleteQueue: async (ask) => deleteQueue(ask),
};

async function deletePool(ask: Ask): Promise<undefined> {
  const { store } = ask.app;
  const pool = await findPool(ask);
  if (fold(pool.name) === fold(DEFAULT_POOL))
    throw inUse('pool', `${pool.name} is the pool of jobs that name none.`);
  if (poolType(pool) === 'deployment') throw inUse('pool', `${pool.name} is deleted with its environment.`);
  const agents = await store.poolWork.agents(pool.id);
  if (agents.length > 0) throw inUse('pool', `${pool.name} has agents: ${names(agents)}. Remove them first.`);
  if ((await store.poolWork.requests(pool.id, { limit: 1 })).items.length > 0)
    throw inUse('pool', `Jobs of ${pool.name} are not over. Cancel their runs, or wait for them.`);
  for (const { id } of await store.projects.list()) await refusePipelines(ask, id, pool);
  for (const project of await store.projects.list()) {
    const queue = (await store.pools.queues(project.id)).find((one) => one.pool === pool.id);
    if (queue === undefined) continue;
    const resource = { type: 'queue', id: String(queue.id) } as const;
    await deleteResource(ask, project, resource, () => store.pools.removeQueue(project.id, queue.id));
  }
  for (const token of await store.tokens.list())
    if (token.pool === pool.id) await store.tokens.revoke(token.id);
  await store.pools.remove(pool.id);
  await forgetPoolOptions(store, pool.id);
  await ask.reply.code(204).send();
  return undefined;
}

async function deleteQueue(ask: Ask): Promise<undefined> {
  const { store } = ask.app;
  const project = await ask.project();
  const queue = await findQueue(ask, project);
  await refusePipelines(ask, project.id, { id: queue.pool, name: queue.name }, 'queue');
  const { items } = await store.poolWork.requests(queue.pool);
  for (const { run } of items) {
    if ((await store.runs.get(run))?.project === project.id)
      throw inUse('queue', `The run ${run} has jobs in ${queue.name} that are not over.`);
  }
  await deleteResource(ask, project, { type: 'queue', id: String(queue.id) }, () =>
    store.pools.removeQueue(project.id, queue.id),
  );
  await ask.reply.code(204).send();
  return undefined;
}

async function refusePipelines(
  { app }: Ask,
  project: ProjectId,
  pool: { readonly id: PoolId; readonly name: string },
  what: 'pool' | 'queue' = 'pool',
): Promise<void> {
  const all = await app.store.definitions.list(project);
  const users = all.filter(({ defaultPool }) => defaultPool === pool.id);
  if (users.length > 0)
    throw inUse(what, `Pipelines run in ${pool.name} by default: ${names(users)}. Give them another first.`);
}

function names(all: readonly { readonly name: string }[]): string {
  return all
    .slice(0, 3)
    .map(({ name }) => name)
    .join(', ');
}

function inUse(what: 'pool' | 'queue', message: string): Error {
  return conflict('TaskAgentPoolReferencesExistException', message, `${what}-in-use`);
}
