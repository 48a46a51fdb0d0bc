import { randomUUID } from 'node:crypto';
import type { Collection, WireAgent } from '@signalbox/api';
import type { AgentRow, JobRequestRow } from '@signalbox/engine';
import type { PoolRow } from '@signalbox/store';
import { problemCode } from '../../refusals.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, conflict, notFound } from '../problem.ts';
import { collection, wirePage, wireTime } from '../shape/common.ts';
import { nameGuid } from '../../guid.ts';
import { findPool } from './pools.ts';

/** Agents and the jobs of a pool (REST.md §3.8). */
export const poolAgentHandlers: Handlers<
  'listAgents' | 'getAgent' | 'updateAgent' | 'deleteAgent' | 'listJobRequests'
> = {
  listAgents: async (ask) => listAgents(ask),
  async getAgent(ask) {
    const pool = await findPool(ask);
    return wireAgent(ask, pool, await findAgent(ask, pool));
  },
  updateAgent: async (ask) => updateAgent(ask),
  deleteAgent: async (ask) => deleteAgent(ask),
  listJobRequests: async (ask) => listJobRequests(ask),
};

async function findAgent(ask: Ask, pool: PoolRow): Promise<AgentRow> {
  const id = ask.id('agentId', 'TaskAgent');
  const agent = (await ask.app.store.poolWork.agents(pool.id)).find((one) => one.id === id);
  if (agent === undefined) throw notFound('TaskAgent', `The agent ${id}`);
  return agent;
}

async function listAgents(ask: Ask): Promise<Collection<WireAgent>> {
  const pool = await findPool(ask);
  const name = ask.query.text('agentName')?.toLowerCase();
  const agents = (await ask.app.store.poolWork.agents(pool.id)).filter(
    (agent) => name === undefined || agent.name.toLowerCase() === name,
  );
  const wire: WireAgent[] = [];
  for (const agent of agents) wire.push(await wireAgent(ask, pool, agent));
  return collection(wire);
}

async function updateAgent(ask: Ask): Promise<WireAgent> {
  const pool = await findPool(ask);
  const { id } = await findAgent(ask, pool);
  const enabled = ask.body().flag('enabled');
  if (enabled === undefined)
    throw badRequest('"enabled" is missing; nothing else of an agent can be changed.');
  await command(ask, pool, { type: 'AgentEnabled', agent: id, enabled });
  return wireAgent(ask, pool, await findAgent(ask, pool));
}

async function deleteAgent(ask: Ask): Promise<undefined> {
  const pool = await findPool(ask);
  const { id } = await findAgent(ask, pool);
  await command(ask, pool, { type: 'AgentDeleted', agent: id });
  await ask.reply.code(204).send();
  return undefined;
}

type AgentCommand =
  | { readonly type: 'AgentEnabled'; readonly agent: number; readonly enabled: boolean }
  | { readonly type: 'AgentDeleted'; readonly agent: number };

async function command(ask: Ask, pool: PoolRow, body: AgentCommand): Promise<void> {
  const reply = await ask.app.store.inbox.execute({ to: { kind: 'pool', id: pool.id }, body }, randomUUID());
  if (!reply.ok) throw conflict('TaskAgentException', reply.refusal.message, problemCode(reply.refusal.code));
}

// Without a poll, a renewal or a job for so long it counts as offline: three polls missed.
const SILENT_POLLS = 3;

async function wireAgent(ask: Ask, pool: PoolRow, agent: AgentRow): Promise<WireAgent> {
  const { app, now, query } = ask;
  const { session } = agent;
  const isRecent =
    session !== undefined && now - session.seenAt < app.leases.pollWaitMs * SILENT_POLLS + 30_000;
  const online = session !== undefined && (agent.request !== undefined || isRecent);
  const withCapabilities = query.flag('includeCapabilities') === true;
  const assigned =
    query.flag('includeAssignedRequest') === true ? await assignedOf(ask, pool, agent) : undefined;
  const os = agent.capabilities['agent.os'];
  return {
    id: agent.id,
    name: agent.name,
    version: agent.version,
    enabled: agent.enabled,
    status: online ? 'online' : 'offline',
    maxParallelism: 1,
    provisioningState: 'Provisioned',
    ...(os !== undefined && { osDescription: os }),
    ...(session !== undefined && { createdOn: wireTime(session.since) }),
    ...(withCapabilities && { systemCapabilities: agent.capabilities, userCapabilities: {} }),
    ...(assigned !== undefined && { assignedRequest: assigned }),
  };
}

async function assignedOf(
  { app }: Ask,
  pool: PoolRow,
  agent: AgentRow,
): Promise<WireAgent['assignedRequest'] | undefined> {
  if (agent.request === undefined) return undefined;
  const row = await app.store.poolWork.request(pool.id, agent.request);
  if (row?.state.phase !== 'assigned') return undefined;
  return { requestId: row.id, assignTime: wireTime(row.state.assignedAt) };
}

async function listJobRequests(ask: Ask): Promise<unknown> {
  const pool = await findPool(ask);
  const agent = ask.query.number('agentId');
  const after = ask.query.continuation();
  const page = await ask.app.store.poolWork.requests(pool.id, {
    limit: ask.query.top(),
    ...(after !== undefined && { after }),
  });
  const items = page.items.filter(
    ({ state }) => agent === undefined || ('agent' in state && state.agent === agent),
  );
  return wirePage(ask, { ...page, items }, (row) => wireRequest(pool, row));
}

function wireRequest(pool: PoolRow, { id, run, instance, demands, readyAt, state }: JobRequestRow): unknown {
  const { stage, job, hook } = instance;
  const name = [stage, job, hook].filter((part) => part !== undefined).join('.');
  return {
    requestId: id,
    poolId: pool.id,
    queueTime: wireTime(readyAt),
    ...(state.phase === 'assigned' && { assignTime: wireTime(state.assignedAt) }),
    ...('agent' in state && { reservedAgent: { id: state.agent } }),
    jobId: nameGuid('job', `${run}:${name}:${instance.stageAttempt}:${instance.jobAttempt}`),
    jobName: name,
    planType: 'Build',
    demands: demands.map(({ capability, equals }) =>
      equals === undefined ? capability : `${capability} -equals ${equals}`,
    ),
    owner: { id: run, name: String(run) },
    state: state.phase,
  };
}
