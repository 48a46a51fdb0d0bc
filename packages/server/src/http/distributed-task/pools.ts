import { randomUUID } from 'node:crypto';
import type { Collection, WirePool, WireQueueReference } from '@signalbox/api';
import type { PoolMessage } from '@signalbox/engine';
import type { PoolRow } from '@signalbox/store';
import { problemCode } from '../../refusals.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, conflict, notFound } from '../problem.ts';
import { collection, wireTime } from '../shape/common.ts';
import { environmentOfPool } from '../../work/machine-pool.ts';
import { queueReference } from '../shape/definition.ts';

/** Agent pools, and queues: pools as a project sees them (REST.md §3.8). */
export const poolHandlers: Handlers<
  'listPools' | 'createPool' | 'getPool' | 'updatePool' | 'listQueues' | 'getQueue'
> = {
  listPools: async (ask) => listPools(ask),
  createPool: async (ask) => createPool(ask),
  getPool: async (ask) => wirePool(ask, await findPool(ask)),
  updatePool: async (ask) => updatePool(ask),
  listQueues: async (ask) => listQueues(ask),
  getQueue: async (ask) => getQueue(ask),
};

/** The pool that the path names. */
export async function findPool(ask: Ask): Promise<PoolRow> {
  const id = ask.id('poolId', 'TaskAgentPool');
  const pool = await ask.app.store.pools.get(id);
  if (pool === undefined) throw notFound('TaskAgentPool', `The agent pool ${id}`);
  return pool;
}

async function listPools(ask: Ask): Promise<Collection<WirePool>> {
  const name = ask.query.text('poolName')?.toLowerCase();
  const ids = ask.query.numbers('poolIds');
  const pools = (await ask.app.store.pools.list()).filter(
    (pool) =>
      (name === undefined || pool.name.toLowerCase() === name) &&
      (ids === undefined || ids.includes(pool.id)),
  );
  const wire: WirePool[] = [];
  for (const pool of pools) wire.push(await wirePool(ask, pool));
  return collection(wire);
}

async function createPool(ask: Ask): Promise<WirePool> {
  const name = ask.body().text('name')?.trim() ?? '';
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (name === '' || name.length > 128 || /[\u0000-\u001F\u007F/\\]/.test(name)) {
    throw badRequest('A pool needs a "name" of at most 128 characters, without slashes.');
  }
  return wirePool(ask, await ask.app.store.pools.upsert(name));
}

async function updatePool(ask: Ask): Promise<WirePool> {
  const pool = await findPool(ask);
  const body = ask.body();
  // `null` takes the limit away; absent is a mistake.
  if (!body.entries().some(([name]) => name.toLowerCase() === 'paralleljobs')) {
    throw badRequest('"parallelJobs" is missing; nothing else of a pool can be changed.');
  }
  const parallelJobs = body.number('parallelJobs');
  await poolCommand(ask, pool, { type: 'PoolLimitSet', ...(parallelJobs !== undefined && { parallelJobs }) });
  return wirePool(ask, pool);
}

/** Gives a pool a command of a person; a refusal is a 409. */
export async function poolCommand(ask: Ask, pool: PoolRow, body: PoolMessage): Promise<void> {
  const reply = await ask.app.store.inbox.execute({ to: { kind: 'pool', id: pool.id }, body }, randomUUID());
  if (!reply.ok) throw conflict('TaskAgentException', reply.refusal.message, problemCode(reply.refusal.code));
}

async function wirePool({ app }: Ask, pool: PoolRow): Promise<WirePool> {
  const [header] = await app.store.poolWork.answer(pool.id, [{ need: 'header' }]);
  const parallelJobs = header?.header?.parallelJobs;
  return {
    id: pool.id,
    name: pool.name,
    size: (await app.store.poolWork.agents(pool.id)).length,
    isHosted: false,
    poolType: environmentOfPool(pool.name) === undefined ? 'automation' : 'deployment',
    createdOn: wireTime(pool.createdAt),
    isLegacy: false,
    scope: app.instanceId,
    autoProvision: true,
    autoUpdate: false,
    options: 'none',
    ...(parallelJobs !== undefined && { parallelJobs }),
  };
}

async function listQueues(ask: Ask): Promise<Collection<WireQueueReference>> {
  const project = await ask.project();
  const names = ask.query.texts('queueNames') ?? ask.query.texts('queueName');
  const ids = ask.query.numbers('queueIds');
  const queues = (await ask.app.store.pools.queues(project.id)).filter(
    (queue) =>
      (names === undefined || names.some((name) => name.toLowerCase() === queue.name.toLowerCase())) &&
      (ids === undefined || ids.includes(queue.id)),
  );
  return collection(queues.map((queue) => ({ ...queueReference(queue), projectId: project.guid })));
}

async function getQueue(ask: Ask): Promise<WireQueueReference> {
  const project = await ask.project();
  const id = ask.id('queueId', 'TaskAgentQueue');
  const queue = (await ask.app.store.pools.queues(project.id)).find((one) => one.id === id);
  if (queue === undefined) throw notFound('TaskAgentQueue', `The agent queue ${id}`);
  return queueReference(queue);
}
