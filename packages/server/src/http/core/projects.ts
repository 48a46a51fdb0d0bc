import { randomUUID } from 'node:crypto';
import type { Collection, WireOperation, WireProject, WireProjectInFull } from '@signalbox/api';
import { fold, type RunStatus } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import { NAME_LENGTH } from '../../limits.ts';
import { emptyProject, isEmptied } from '../../work/delete-project.ts';
import { poolOptions } from '../../work/pool-options.ts';
import { DEFAULT_POOL } from '../../work/queue-run.ts';
import { findProject, seesProject, type Ask, type Handlers } from '../ask.ts';
import { badRequest, conflict } from '../problem.ts';
import { collection, wireProject } from '../shape/common.ts';
import { PROCESS } from './processes.ts';
import { teamOf } from './teams.ts';

/** Projects and their operations (REST.md §3.1). */
export const projectHandlers: Handlers<
  'listProjects' | 'getProject' | 'createProject' | 'updateProject' | 'deleteProject' | 'getOperation'
> = {
  listProjects: async (ask) => listProjects(ask),
  getProject: async (ask) => getProject(ask),
  createProject: async (ask) => createProject(ask),
  updateProject: async (ask) => updateProject(ask),
  deleteProject: async (ask) => deleteProject(ask),
  getOperation: async (ask) => lookUp(ask, ask.param('operationId')),
};

async function listProjects({ app, principal, query }: Ask): Promise<Collection<WireProject>> {
  const all = (await app.store.projects.list()).filter((project) => seesProject(principal, project.id));
  const skip = Math.max(0, query.number('$skip') ?? 0);
  return collection(all.slice(skip, skip + query.top(1000)).map((project) => wireProject(app, project)));
}

async function getProject(ask: Ask): Promise<WireProjectInFull> {
  const { app, principal, query } = ask;
  const row = await findProject(app, principal, ask.param('projectId'));
  const project = wireProject(app, row);
  const capabilities: WireProjectInFull['capabilities'] = {
    versioncontrol: { sourceControlType: 'Git', gitEnabled: 'True' },
    processTemplate: { templateName: PROCESS.name, templateTypeId: PROCESS.id },
  };
  const defaultTeam = { ...teamOf(row), url: `${project.url}/teams/${project.id}` };
  return { ...project, defaultTeam, ...(query.flag('includeCapabilities') === true && { capabilities }) };
}

async function createProject(ask: Ask): Promise<WireOperation> {
  const { app, reply } = ask;
  const body = ask.body();
  const name = projectName(body.text('name'));
  const description = body.text('description', 4000) ?? '';
  const project = await app.store.projects.create({ guid: randomUUID(), name, description });
  await app.store.pools.upsert(DEFAULT_POOL);
  for (const pool of await app.store.pools.list()) {
    const { autoProvision } = await poolOptions(app.store, pool);
    if (autoProvision) await app.store.pools.upsertQueue(project.id, pool.id);
  }
  void reply.code(202);
  return operation(ask, project.guid, 'queued');
}

async function updateProject(ask: Ask): Promise<WireOperation> {
  const { app, principal, reply } = ask;
  const project = await findProject(app, principal, ask.param('projectId'));
  const body = ask.body();
  const description = body.text('description', 4000);
  await app.store.projects.update(project.id, {
    ...(body.has('name') && { name: projectName(body.text('name')) }),
    ...(description !== undefined && { description }),
  });
  void reply.code(202);
  return operation(ask, project.guid, 'queued');
}

/** Nobody finds it from now on; what is in it goes now, or bit by bit when it is much (REST.md §3.1). */
async function deleteProject(ask: Ask): Promise<WireOperation> {
  const { app, principal, reply } = ask;
  const { store } = app;
  const project = await findProject(app, principal, ask.param('projectId'));
  await refuseAtWork(ask, project);
  // Its name is free for another one.
  await store.projects.update(project.id, { state: 'deleting', name: project.guid });
  await emptyProject(store, project.id);
  void reply.code(202);
  return operation(ask, project.guid, 'queued');
}

async function refuseAtWork({ app }: Ask, { id, name }: ProjectRow): Promise<void> {
  const { locks, runs } = app.store;
  const [run] = (await runs.list(id, { statuses: UNFINISHED, limit: 1 })).items;
  const what = 'ProjectInUseException';
  if (run !== undefined)
    throw conflict(what, `The run ${run.id} of ${name} is not over; cancel it first.`, 'project-in-use');
  for (const lock of await locks.list(id)) {
    if ((await locks.holders(id, lock.id)).length > 0)
      throw conflict(what, `Somebody holds the lock of ${lock.name} in ${name}.`, 'project-in-use');
  }
}

const UNFINISHED: readonly RunStatus[] = ['notStarted', 'inProgress', 'cancelling'];

/** Only the deletion of much takes longer than its request. */
async function lookUp(ask: Ask, id: string): Promise<WireOperation> {
  const { store } = ask.app;
  const going = (await store.projects.deleting()).find(({ guid }) => guid === fold(id));
  const isOver = going === undefined || (await isEmptied(store, going.id));
  return operation(ask, id, isOver ? 'succeeded' : 'inProgress');
}

// What an address could take for something else, or a file system for something special.
const RESERVED = /[\\/:*?"<>;#${},+=[\]|%&]|^[._]|\.$|^\s|\s$/;

function projectName(name: string | undefined): string {
  if (name === undefined || name === '') throw badRequest('A project needs a "name".');
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (name.length > Math.min(64, NAME_LENGTH) || RESERVED.test(name) || /[\u0000-\u001F\u007F]/.test(name)) {
    throw badRequest(
      'A project name has at most 64 characters, none of \\ / : * ? " < > ; # $ { } , + = [ ] | % &.',
    );
  }
  return name;
}

/** Work is done when the answer goes out; clients ask once more and see it succeeded. */
async function operation(
  { app }: Ask,
  id: string,
  status: WireOperation['status'] = 'succeeded',
): Promise<WireOperation> {
  if (!/^[\da-f-]{36}$/i.test(id)) throw badRequest('The id of an operation is a GUID.');
  return { id, status, url: `${app.baseUrl()}/_apis/operations/${id}` };
}
