import { randomUUID } from 'node:crypto';
import type { Collection, WireMachine } from '@signalbox/api';
import type { AgentRow } from '@signalbox/engine';
import type { EnvironmentRow, MachineRow, ProjectRow } from '@signalbox/store';
import { problemCode } from '../../refusals.ts';
import { environmentResource } from '../../work/resources.ts';
import type { Ask, Handlers } from '../ask.ts';
import { requireAct } from '../library/require-act.ts';
import { badRequest, conflict, notFound } from '../problem.ts';
import { readMachineTags } from '../read/tags.ts';
import { collection, wireTime } from '../shape/common.ts';
import { wireAgent } from './agents.ts';
import { findEnvironment } from './find-environment.ts';

/** The machines of environments, which register themselves by their agents (ENV-5, DEP-12). */
export const machineHandlers: Handlers<'listMachines' | 'updateMachine' | 'deleteMachine'> = {
  listMachines: async (ask) => listMachines(ask),
  updateMachine: async (ask) => updateMachine(ask),
  deleteMachine: async (ask) => deleteMachine(ask),
};

async function listMachines(ask: Ask): Promise<Collection<WireMachine>> {
  const environment = await findEnvironment(ask, await ask.project());
  const name = ask.query.text('name')?.toLowerCase();
  const tags = (ask.query.texts('tags') ?? []).map((tag) => tag.toLowerCase());
  const rows = (await ask.app.store.machines.list(environment.id)).filter(
    (row) =>
      (name === undefined || row.name.toLowerCase() === name) &&
      tags.every((tag) => row.tags.some((own) => own.toLowerCase() === tag)),
  );
  const wire: WireMachine[] = [];
  for (const row of rows) wire.push(await wireMachine(ask, environment, row));
  return collection(wire);
}

async function updateMachine(ask: Ask): Promise<WireMachine> {
  const project = await ask.project();
  const environment = await administered(ask, project);
  const body = ask.body();
  const id = body.number('id');
  if (id === undefined || !body.has('tags'))
    throw badRequest('A machine is changed by its "id" and its "tags".');
  await findMachine(ask, environment, id);
  const row = await ask.app.store.machines.setTags(environment.id, id, readMachineTags(body.list('tags')));
  return wireMachine(ask, environment, row);
}

/** The agent goes first: one that has a job stays, and so does its machine. */
async function deleteMachine(ask: Ask): Promise<undefined> {
  const project = await ask.project();
  const environment = await administered(ask, project);
  const row = await findMachine(ask, environment, ask.id('resourceId', 'EnvironmentResource'));
  const agent = await agentOf(ask, row);
  const { store } = ask.app;
  if (agent !== undefined) {
    const body = { type: 'AgentDeleted', agent: agent.id } as const;
    const reply = await store.inbox.execute({ to: { kind: 'pool', id: row.pool }, body }, randomUUID());
    if (!reply.ok) {
      throw conflict('TaskAgentException', reply.refusal.message, problemCode(reply.refusal.code));
    }
  }
  await store.machines.remove(environment.id, row.id);
  await ask.reply.code(204).send();
  return undefined;
}

async function administered(ask: Ask, project: ProjectRow): Promise<EnvironmentRow> {
  const environment = await findEnvironment(ask, project);
  await requireAct(ask, project, 'administer', environmentResource(environment));
  return environment;
}

async function findMachine(ask: Ask, environment: EnvironmentRow, id: number): Promise<MachineRow> {
  const row = (await ask.app.store.machines.list(environment.id)).find((one) => one.id === id);
  if (row === undefined) throw notFound('EnvironmentResource', `The machine ${id}`);
  return row;
}

async function agentOf({ app }: Ask, { pool, name }: MachineRow): Promise<AgentRow | undefined> {
  const agents = await app.store.poolWork.agents(pool);
  return agents.find((one) => one.name.toLowerCase() === name.toLowerCase());
}

async function wireMachine(ask: Ask, environment: EnvironmentRow, row: MachineRow): Promise<WireMachine> {
  const agent = await agentOf(ask, row);
  const pool = agent === undefined ? undefined : await ask.app.store.pools.get(row.pool);
  return {
    id: row.id,
    name: row.name,
    type: 'virtualMachine',
    tags: row.tags,
    environmentReference: { id: environment.id, name: environment.name },
    ...(agent !== undefined && pool !== undefined && { agent: await wireAgent(ask, pool, agent) }),
    createdOn: wireTime(row.createdAt),
    lastModifiedOn: wireTime(row.updatedAt),
  };
}
