import type { Collection, WireDeploymentRecord, WireEnvironment } from '@signalbox/api';
import type { DeploymentRecord, EnvironmentRow, MachineRow, ProjectRow } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import { saveRoles } from '../../auth/environment-roles.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest } from '../problem.ts';
import { deleteResource } from '../library/delete-resource.ts';
import { requireAct } from '../library/require-act.ts';
import { environmentResource } from '../../work/resources.ts';
import { findEnvironment } from './find-environment.ts';
import { apiUrl, collection, identityRef, wirePage, wireTime } from '../shape/common.ts';

/** Environments and their history (REST.md §3.5). */
export const environmentHandlers: Handlers<
  | 'listEnvironments'
  | 'createEnvironment'
  | 'getEnvironment'
  | 'updateEnvironment'
  | 'deleteEnvironment'
  | 'listDeploymentRecords'
> = {
  listEnvironments: async (ask) => listEnvironments(ask),
  createEnvironment: async (ask) => createEnvironment(ask),
  async getEnvironment(ask) {
    const project = await ask.project();
    const row = await findEnvironment(ask, project);
    const isWanted = ask.query.text('expands')?.toLowerCase() === 'resourcereferences';
    return wireEnvironment(project, row, isWanted ? await ask.app.store.machines.list(row.id) : []);
  },
  updateEnvironment: async (ask) => updateEnvironment(ask),
  deleteEnvironment: async (ask) => deleteEnvironment(ask),
  listDeploymentRecords: async (ask) => listDeploymentRecords(ask),
};

async function listEnvironments(ask: Ask): Promise<Collection<WireEnvironment>> {
  const { query } = ask;
  const project = await ask.project();
  const name = query.text('name');
  const after = query.continuation();
  const page = await ask.app.store.environments.list(project.id, {
    limit: query.top(),
    ...(name !== undefined && { name }),
    ...(after !== undefined && { after }),
  });
  return wirePage(ask, page, (row) => wireEnvironment(project, row));
}

async function createEnvironment(ask: Ask): Promise<WireEnvironment> {
  const project = await ask.project();
  await requireAct(ask, project, 'create');
  const body = ask.body();
  const createdBy = callerName(ask);
  const input = {
    name: readName(body.text('name')),
    description: body.text('description', 4000) ?? '',
    createdBy,
  };
  return wireEnvironment(project, await ask.app.store.environments.create(project.id, input));
}

async function updateEnvironment(ask: Ask): Promise<WireEnvironment> {
  const project = await ask.project();
  const environment = await findEnvironment(ask, project);
  const { id } = environment;
  await requireAct(ask, project, 'describe', environmentResource(environment));
  const body = ask.body();
  const description = body.text('description', 4000);
  const row = await ask.app.store.environments.update(project.id, id, {
    ...(body.has('name') && { name: readName(body.text('name')) }),
    ...(description !== undefined && { description }),
  });
  return wireEnvironment(project, row);
}

/** Refused while somebody holds its lock; who waits for it is turned away, and their stages fail (GAP-19). */
async function deleteEnvironment(ask: Ask): Promise<undefined> {
  const project = await ask.project();
  const environment = await findEnvironment(ask, project);
  const { id } = environment;
  await requireAct(ask, project, 'administer', environmentResource(environment));
  const { store } = ask.app;
  await deleteResource(ask, project, { type: 'environment', id: String(id) }, () =>
    store.environments.remove(project.id, id),
  );
  await saveRoles(store, { project: project.id, type: 'environment', id: String(id) }, []);
  await ask.reply.code(204).send();
  return undefined;
}

async function listDeploymentRecords(ask: Ask): Promise<Collection<WireDeploymentRecord>> {
  const { query } = ask;
  const project = await ask.project();
  const { id } = await findEnvironment(ask, project);
  const after = query.continuation();
  const page = await ask.app.store.environments.deployments(id, {
    limit: query.top(),
    ...(after !== undefined && { after }),
  });
  const records: WireDeploymentRecord[] = [];
  for (const record of page.items) records.push(await wireRecord(ask, project, record));
  if (page.next !== undefined) void ask.reply.header('x-ms-continuationtoken', page.next);
  return collection(records);
}

/** A name of at most 128 characters without control characters; `what` begins the sentence of a refusal. */
export function readName(name: string | undefined, what = 'An environment'): string {
  const trimmed = name?.trim() ?? '';
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (trimmed === '' || trimmed.length > 128 || /[\u0000-\u001F\u007F]/.test(trimmed)) {
    throw badRequest(`${what} needs a "name" of at most 128 characters.`);
  }
  return trimmed;
}

function wireEnvironment(
  project: ProjectRow,
  row: EnvironmentRow,
  machines: readonly MachineRow[] = [],
): WireEnvironment {
  const createdBy = identityRef(row.createdBy);
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    createdBy,
    createdOn: wireTime(row.createdAt),
    lastModifiedBy: createdBy,
    lastModifiedOn: wireTime(row.updatedAt),
    resources: machines.map(({ id, name, tags }) => ({ id, name, type: 'virtualMachine', tags })),
    // Terraform reads it without looking whether it is there.
    project: { id: project.guid, name: project.name },
  };
}

async function wireRecord(
  { app }: Ask,
  project: ProjectRow,
  record: DeploymentRecord,
): Promise<WireDeploymentRecord> {
  const run = await app.store.runs.get(record.run);
  const { id, name } = run?.definition ?? { id: 0, name: '' };
  const pipeline = { href: apiUrl(app, project, `build/definitions/${id}`) };
  const self = { href: apiUrl(app, project, `build/builds/${record.run}`) };
  return {
    id: record.id,
    environmentId: record.environment,
    planId: run?.planId ?? '',
    planType: 'Build',
    scopeId: project.guid,
    requestIdentifier: `${record.stage}.${record.job}`,
    stageName: record.stage,
    jobName: record.job,
    stageAttempt: record.stageAttempt,
    ...(record.resource !== undefined && { resourceId: record.resource }),
    definition: { id, name, _links: { self: pipeline } },
    ...(run !== undefined && { requestedFor: identityRef(run.requestedFor) }),
    owner: { id: record.run, name: run?.number ?? String(record.run), _links: { self } },
    result: record.result,
    queueTime: wireTime(record.queueTime),
    ...(record.startTime !== undefined && { startTime: wireTime(record.startTime) }),
    finishTime: wireTime(record.finishTime),
  };
}
