import type { Collection, WireProcess, WireProjectProperties } from '@signalbox/api';
import { fold } from '@signalbox/model';
import { findProject, type Ask, type Handlers } from '../ask.ts';
import { badRequest, notFound } from '../problem.ts';
import { collection } from '../shape/common.ts';

/** The one process that there is: boards, which processes are about, are no part of this server. */
export const PROCESS = { name: 'Basic', id: 'b8a3a935-7e91-48b8-a94c-606d37c3e9f2' } as const;

/** Processes, and the properties of projects that name them (REST.md §1.3). */
export const processHandlers: Handlers<'listProcesses' | 'getProcess' | 'listProjectsProperties'> = {
  listProcesses: async (ask) => collection([wireProcess(ask)]),
  async getProcess(ask) {
    if (fold(ask.param('processId')) === PROCESS.id) return wireProcess(ask);
    throw notFound('Process', `The process ${ask.param('processId').slice(0, 40)}`);
  },
  listProjectsProperties: async (ask) => listProjectsProperties(ask),
};

function wireProcess({ app }: Ask): WireProcess {
  return {
    id: PROCESS.id,
    name: PROCESS.name,
    description: 'The process of every project.',
    isDefault: true,
    type: 'system',
    url: `${app.baseUrl()}/_apis/process/processes/${PROCESS.id}`,
  };
}

/** What clients look up under these names: the process, and that sources are in Git. */
const PROPERTIES: Readonly<Record<string, string>> = {
  'System.CurrentProcessTemplateId': PROCESS.id,
  'System.ProcessTemplateType': PROCESS.id,
  'System.Process Template': PROCESS.name,
  'System.SourceControlGitEnabled': 'True',
};

async function listProjectsProperties({
  app,
  principal,
  query,
}: Ask): Promise<Collection<WireProjectProperties>> {
  const ids = query.texts('projectIds');
  if (ids === undefined)
    throw badRequest('"projectIds" is missing: the ids of projects, with commas between.');
  const isWanted = wantedBy(query.texts('properties'));
  const properties = Object.entries(PROPERTIES).flatMap(([name, value]) =>
    isWanted(name) ? [{ name, value }] : [],
  );
  const projects = await Promise.all(ids.map((id) => findProject(app, principal, id)));
  return collection(projects.map((project) => ({ projectId: project.guid, properties })));
}

function wantedBy(names: readonly string[] | undefined): (name: string) => boolean {
  const wanted = names?.map(fold);
  return (name) =>
    wanted?.some((one) =>
      one.endsWith('*') ? fold(name).startsWith(one.slice(0, -1)) : fold(name) === one,
    ) ?? true;
}
