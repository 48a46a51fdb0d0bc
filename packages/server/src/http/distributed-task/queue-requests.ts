import type { Collection, WireJobRequest } from '@signalbox/api';
import type { JobRequestRow } from '@signalbox/engine';
import type { ProjectRow, QueueRow } from '@signalbox/store';
import { idOf, type Ask, type Handlers } from '../ask.ts';
import { notFound } from '../problem.ts';
import { collection } from '../shape/common.ts';
import { wireRequests } from './agents.ts';
import { findPool, findQueue } from './pools.ts';

/** Single jobs of pools, and the jobs of a queue: those of one project in its pool (REST.md §1.3). */
export const queueRequestHandlers: Handlers<'getJobRequest' | 'listQueueRequests' | 'getQueueRequest'> = {
  async getJobRequest(ask) {
    const pool = await findPool(ask);
    const [wire] = await wireRequests(ask, pool.id, [await findRequest(ask, pool.id)]);
    return wire;
  },
  listQueueRequests: async (ask) => listQueueRequests(ask),
  getQueueRequest: async (ask) => getQueueRequest(ask),
};

async function listQueueRequests(ask: Ask): Promise<Collection<WireJobRequest>> {
  const project = await ask.project();
  const queue = await findQueue(ask, project);
  const after = ask.query.continuation();
  const page = await ask.app.store.poolWork.requests(queue.pool, {
    limit: ask.query.top(),
    ...(after !== undefined && { after }),
  });
  if (page.next !== undefined) void ask.reply.header('x-ms-continuationtoken', page.next);
  const isOwn = await Promise.all(page.items.map((row) => belongsTo(ask, project, row)));
  const rows = page.items.filter((_, index) => isOwn[index] === true);
  return collection(await wireRequests(ask, queue.pool, rows));
}

async function getQueueRequest(ask: Ask): Promise<WireJobRequest | undefined> {
  const project = await ask.project();
  const queue: QueueRow = await findQueue(ask, project);
  const row = await findRequest(ask, queue.pool);
  if (!(await belongsTo(ask, project, row))) throw unknown(row.id);
  const [wire] = await wireRequests(ask, queue.pool, [row]);
  return wire;
}

async function findRequest(ask: Ask, pool: QueueRow['pool']): Promise<JobRequestRow> {
  const id = idOf(ask.param('requestId'), 'TaskAgentJob');
  const row = await ask.app.store.poolWork.request(pool, id);
  if (row === undefined) throw unknown(id);
  return row;
}

function unknown(id: number): Error {
  return notFound('TaskAgentJob', `The job request ${id}`);
}

/** Pools serve several projects; the jobs of another one are not shown. */
async function belongsTo({ app }: Ask, project: ProjectRow, row: JobRequestRow): Promise<boolean> {
  return (await app.store.runs.get(row.run))?.project === project.id;
}
