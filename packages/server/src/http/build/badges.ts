import type { WireBuild } from '@signalbox/api';
import type { RunState } from '@signalbox/engine';
import { fold } from '@signalbox/model';
import type { DefinitionRow, ProjectRow, RunFilter } from '@signalbox/store';
import { isPermitted } from '../../auth/principal.ts';
import { seesProject, type Ask, type Handlers } from '../ask.ts';
import { admit, identify } from '../guard/admit.ts';
import { badRequest, notFound, Problem } from '../problem.ts';
import { badgeSvg, badgeText, type BadgeWord } from '../shape/badge.ts';
import { wireBuild } from '../shape/build.ts';
import { buildParts } from './find-run.ts';
import { fullBranch } from '../../git/full-branch.ts';
import { badgesArePrivate } from './general-settings.ts';

/** The newest run of a definition, and pictures of how the newest finished one ended (REST.md §3.3). */
export const badgeHandlers: Handlers<'latestBuild' | 'buildStatus' | 'buildBadge'> = {
  latestBuild: async (ask) => latestBuild(ask),
  async buildStatus(ask) {
    const project = await visibleProject(ask);
    return sendBadge(ask, project, await definitionNamed(ask, project, ask.param('*')));
  },
  async buildBadge(ask) {
    const project = await visibleProject(ask);
    return sendBadge(ask, project, await definitionNamed(ask, project, ask.param('definitionId')));
  },
};

async function latestBuild(ask: Ask): Promise<WireBuild> {
  const project = await ask.project();
  const definition = await definitionNamed(ask, project, ask.param('*'));
  const run = await newest(ask, definition, {});
  if (run === undefined) throw notFound('Build', `A build of the definition ${definition.name}`);
  return wireBuild(ask.app, project, await buildParts(ask, run));
}

/** A project whose badges the caller may see. To others it is as if it were not there. */
export async function visibleProject(ask: Ask): Promise<ProjectRow> {
  const { app, request } = ask;
  const principal = await identify(app, request);
  await admit(app, request, { principal, demand: { permission: 'public', forMembers: true } });
  const name = ask.param('project');
  const project = name.length > 256 ? undefined : await app.store.projects.find(name);
  const isReader =
    project && isPermitted(principal, 'readRuns', project.id) && seesProject(principal, project.id);
  if (project && (isReader || !(await badgesArePrivate(app.store, project.id)))) return project;
  throw new Problem(
    404,
    'ProjectDoesNotExistWithNameException',
    `There is no badge of ${name.slice(0, 100)} for you to see: its project keeps badges private, or is not there.`,
  );
}

/** By number, by name, or by folder and name. */
async function definitionNamed(ask: Ask, project: ProjectRow, text: string): Promise<DefinitionRow> {
  const { definitions } = ask.app.store;
  const known = /^\d{1,15}$/.test(text) ? await definitions.get(project.id, Number(text)) : undefined;
  if (known !== undefined) return known;
  const parts = text.split(/[\\/]/).filter((part) => part !== '');
  const name = parts.pop() ?? '';
  const path = parts.length === 0 ? undefined : `\\${parts.join('\\')}`;
  // A star is a letter of no name, but a pattern in a list.
  const all = name.includes('*') ? [] : await definitions.list(project.id, { name });
  const found = all.filter((one) => path === undefined || fold(one.path) === fold(path));
  const [first, second] = found;
  if (first === undefined) throw notFound('Definition', `The definition ${text.slice(0, 100)}`);
  if (second !== undefined)
    throw badRequest(`Several folders have a definition ${name.slice(0, 100)}; use its number.`);
  return first;
}

async function newest(ask: Ask, definition: DefinitionRow, filter: RunFilter): Promise<RunState | undefined> {
  const branch = ask.query.text('branchName', 512);
  const { items } = await ask.app.store.runs.list(definition.project, {
    ...filter,
    definitions: [definition.id],
    ...(branch !== undefined && { branch: fullBranch(branch) }),
    limit: 1,
  });
  return items[0];
}

async function sendBadge(ask: Ask, project: ProjectRow, definition: DefinitionRow): Promise<undefined> {
  const run = await newest(ask, definition, { statuses: ['completed'] });
  const label = ask.query.text('label', 100) ?? definition.name;
  const svg = badgeSvg(label, badgeText(run === undefined ? 'never built' : wordOf(ask, run)));
  return sendPicture(ask, svg, `W/"${project.id}-${definition.id}-${run?.id ?? 0}"`);
}

/** Sends a picture, which is asked for anew each time; `etag` says when it is the same as before. */
export async function sendPicture(ask: Ask, svg: string, etag?: string): Promise<undefined> {
  // The typed clients ask for JSON, and mean the text of the picture.
  if ((ask.request.headers.accept ?? '').toLowerCase().includes('application/json')) {
    await ask.reply.type('application/json; charset=utf-8').send(JSON.stringify(svg));
    return undefined;
  }
  await ask.reply
    .type('image/svg+xml; charset=utf-8')
    .header('cache-control', 'no-cache')
    .headers(etag === undefined ? {} : { etag })
    .send(svg);
  return undefined;
}

/** Of the run, or of the stage and the job that the query names. */
function wordOf(ask: Ask, run: RunState): BadgeWord {
  const [stageName, jobName] = [ask.query.text('stageName'), ask.query.text('jobName')];
  if (stageName === undefined && jobName === undefined) return run.result ?? 'never built';
  const stages = run.stages.filter((one) => stageName === undefined || fold(one.name) === fold(stageName));
  if (jobName === undefined) return resultOf(stages[0]);
  return resultOf(stages.flatMap(({ jobs }) => jobs).find((one) => fold(one.name) === fold(jobName)));
}

function resultOf(node: { readonly phase: string; readonly result?: BadgeWord } | undefined): BadgeWord {
  return node?.result ?? 'never built';
}
