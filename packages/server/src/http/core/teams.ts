import type { Collection, WireTeam } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import { findProject, seesProject, type Ask, type Handlers } from '../ask.ts';
import { notFound } from '../problem.ts';
import { collection } from '../shape/common.ts';

/** The teams of projects (REST.md §1.3). */
export const teamHandlers: Handlers<'listTeams' | 'getTeam' | 'listAllTeams'> = {
  async listTeams(ask) {
    const project = await findProject(ask.app, ask.principal, ask.param('projectId'));
    return page(ask, [wireTeam(ask, project)]);
  },
  getTeam: async (ask) => getTeam(ask),
  async listAllTeams(ask) {
    const { app, principal } = ask;
    const projects = (await app.store.projects.list()).filter(({ id }) => seesProject(principal, id));
    return page(
      ask,
      projects.map((project) => wireTeam(ask, project)),
    );
  },
};

/** The team of a project where it is only named. */
export function teamOf(project: ProjectRow): { readonly id: string; readonly name: string } {
  return { id: project.guid, name: `${project.name} Team` };
}

async function getTeam(ask: Ask): Promise<WireTeam> {
  const project = await findProject(ask.app, ask.principal, ask.param('projectId'));
  const team = wireTeam(ask, project);
  const wanted = fold(ask.param('teamId'));
  if (wanted === team.id || wanted === fold(team.name)) return team;
  throw notFound('Team', `The team ${ask.param('teamId').slice(0, 64)}`);
}

function page({ query }: Ask, teams: readonly WireTeam[]): Collection<WireTeam> {
  const skip = Math.max(0, query.number('$skip') ?? 0);
  return collection(teams.slice(skip, skip + query.top()));
}

function wireTeam({ app }: Ask, project: ProjectRow): WireTeam {
  const { id, name } = teamOf(project);
  return {
    id,
    name,
    url: `${app.baseUrl()}/_apis/projects/${project.guid}/teams/${id}`,
    description: 'The default project team.',
    identityUrl: `${app.baseUrl()}/_apis/identities/${id}`,
    projectId: project.guid,
    projectName: project.name,
  };
}
