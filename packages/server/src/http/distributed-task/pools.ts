import { randomUUID } from 'node:crypto';
import type { Collection, EnumTable, WirePool, WireQueueReference } from '@signalbox/api';
import type { PoolMessage } from '@signalbox/engine';
import type { PoolRow, ProjectRow, QueueRow } from '@signalbox/store';
import { problemCode } from '../../refusals.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, conflict, notFound } from '../problem.ts';
import { collection, wireTime } from '../shape/common.ts';
import { environmentOfPool } from '../../work/machine-pool.ts';
import { queueReference } from '../shape/definition.ts';
import { poolOptions } from '../../work/pool-options.ts';

/** Agent pools, and queues: pools as a project sees them (REST.md §3.8). */
export const poolHandlers: Handlers<'listPools' | 'getPool' | 'listQueues' | 'getQueue' | 'createQueue'> = {
  listPools: async (ask) => listPools(ask),
  getPool: async (ask) => wirePool(ask, await findPool(ask)),
  listQueues: async (ask) => listQueues(ask),
  async getQueue(ask) {
    const project = await ask.project();
    return wireQueue(project, await findQueue(ask, project));
  },
  createQueue: async (ask) => createQueue(ask),
};

const POOL_TYPE: EnumTable<WirePool['poolType']> = { automation: 1, deployment: 2 };

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
  const type = ask.query.word('poolType', POOL_TYPE);
  const pools = (await ask.app.store.pools.list()).filter(
    (pool) =>
      (name === undefined || pool.name.toLowerCase() === name) &&
      (type === undefined || poolType(pool) === type) &&
      (ids === undefined || ids.includes(pool.id)),
  );
  const wire: WirePool[] = [];
  for (const pool of pools) wire.push(await wirePool(ask, pool));
  return collection(wire);
}

/** Gives a pool a command of a person; a refusal is a 409. */
export async function poolCommand(ask: Ask, pool: PoolRow, body: PoolMessage): Promise<void> {
  const reply = await ask.app.store.inbox.execute({ to: { kind: 'pool', id: pool.id }, body }, randomUUID());
  if (!reply.ok) throw conflict('TaskAgentException', reply.refusal.message, problemCode(reply.refusal.code));
}

/** A pool as clients see it. */
export async function wirePool({ app }: Ask, pool: PoolRow): Promise<WirePool> {
  const [header] = await app.store.poolWork.answer(pool.id, [{ need: 'header' }]);
  const parallelJobs = header?.header?.parallelJobs;
  return {
    id: pool.id,
    name: pool.name,
    size: (await app.store.poolWork.agents(pool.id)).length,
    isHosted: false,
    poolType: poolType(pool),
    createdOn: wireTime(pool.createdAt),
    isLegacy: false,
    scope: app.instanceId,
    ...(await poolOptions(app.store, pool)),
    options: 'none',
    ...(parallelJobs !== undefined && { parallelJobs }),
  };
}

/** `deployment`: the machines of an environment are in it. */
export function poolType({ name }: PoolRow): WirePool['poolType'] {
  return environmentOfPool(name) === undefined ? 'automation' : 'deployment';
}

async function listQueues(ask: Ask): Promise<Collection<WireQueueReference>> {
  const project = await ask.project();
  const { query } = ask;
  const names = (query.texts('queueNames') ?? query.texts('queueName'))?.map(namePattern);
  const ids = query.numbers('queueIds');
  const pools = query.numbers('poolIds');
  const queues = (await ask.app.store.pools.queues(project.id)).filter(
    (queue) =>
      (names?.some((pattern) => pattern.test(queue.name)) ?? true) &&
      (ids?.includes(queue.id) ?? true) &&
      (pools?.includes(queue.pool) ?? true),
  );
  return collection(queues.map((queue) => wireQueue(project, queue)));
}

/** A name in any letter case, with asterisks for whatever may stand there. */
function namePattern(name: string): RegExp {
  const parts = name.split('*').map((part) => part.replaceAll(/[^\w ]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 'iu');
}

/** Lets a project use a pool that is there; the one of the same name may be there already. */
async function createQueue(ask: Ask): Promise<WireQueueReference> {
  const project = await ask.project();
  const { store } = ask.app;
  const body = ask.body();
  const id = body.object('pool').number('id');
  const name = body.text('name', 128);
  if (id === undefined && name === undefined)
    throw badRequest('A queue needs a "pool" with its "id", or the "name" of a pool.');
  const pool = id === undefined ? await store.pools.find(name ?? '') : await store.pools.get(id);
  if (pool === undefined || environmentOfPool(pool.name) !== undefined)
    throw notFound('TaskAgentPool', `The agent pool ${id ?? name}`);
  return wireQueue(project, await store.pools.upsertQueue(project.id, pool.id));
}

/** The queue that the path names. */
export async function findQueue(ask: Ask, project: ProjectRow): Promise<QueueRow> {
  const id = ask.id('queueId', 'TaskAgentQueue');
  const queue = (await ask.app.store.pools.queues(project.id)).find((one) => one.id === id);
  if (queue === undefined) throw notFound('TaskAgentQueue', `The agent queue ${id}`);
  return queue;
}

function wireQueue(project: ProjectRow, queue: QueueRow): WireQueueReference {
  const reference = queueReference(queue);
  // The pools of environments have no queues.
  return { ...reference, projectId: project.guid, pool: { ...reference.pool, poolType: 'automation' } };
}
