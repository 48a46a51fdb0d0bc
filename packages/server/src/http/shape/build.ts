import type { DefinitionReference, WireBuild, WireRun } from '@signalbox/api';
import type { RunState } from '@signalbox/engine';
import { fold } from '@signalbox/model';
import type { DefinitionRow, ProjectRow, QueueRow, RunRemoval } from '@signalbox/store';
import type { App } from '../../app.ts';
import { readParameters } from '../read/parameters.ts';
import { apiUrl, identityRef, projectRef, runPageUrl, wireTime } from './common.ts';
import { definitionReference, queueReference, wirePipeline, wireRepository } from './definition.ts';

/** A run and what stands beside it in an answer. */
export interface BuildParts {
  readonly run: RunState;
  /** Absent when the definition was deleted; the run knows its name. */
  readonly definition: DefinitionRow | undefined;
  readonly tags: readonly string[];
  /** Of the definition, for jobs that name no pool. */
  readonly queue?: QueueRow | undefined;
  /** A lease keeps it. */
  readonly isKept: boolean;
  /** Those that were asked for. */
  readonly properties: WireBuild['properties'];
  /** Present when it was deleted. */
  readonly removal?: RunRemoval;
}

/** A run, in the words of the Build API. */
export function wireBuild(app: App, project: ProjectRow, parts: BuildParts): WireBuild {
  const { run, definition, tags } = parts;
  const url = apiUrl(app, project, `build/builds/${run.id}`);
  return {
    id: run.id,
    buildNumber: run.number,
    status: run.status,
    ...(run.result !== undefined && { result: run.result }),
    queueTime: wireTime(run.queueTime),
    ...(run.startTime !== undefined && { startTime: wireTime(run.startTime) }),
    ...(run.finishTime !== undefined && { finishTime: wireTime(run.finishTime) }),
    lastChangedDate: wireTime(Math.max(run.queueTime, run.startTime ?? 0, run.finishTime ?? 0)),
    ...(parts.queue !== undefined && { queue: queueReference(parts.queue) }),
    url,
    uri: `vstfs:///Build/Build/${run.id}`,
    definition: referenceOf(app, project, { run, definition }),
    project: projectRef(app, project),
    sourceBranch: run.branch,
    sourceVersion: run.commit,
    priority: 'normal',
    reason: run.reason,
    requestedFor: identityRef(run.requestedFor),
    requestedBy: identityRef(run.requestedBy),
    ...(run.cause !== undefined && { triggerInfo: run.cause.info }),
    ...(run.parameters !== undefined && { parameters: run.parameters }),
    ...(run.templateParameters !== undefined && { templateParameters: run.templateParameters }),
    orchestrationPlan: { planId: run.planId },
    plans: [{ planId: run.planId }],
    logs: { id: 0, type: 'Container', url: `${url}/logs` },
    repository: repositoryOf(definition),
    tags,
    ...keptOf(parts),
    _links: {
      self: { href: url },
      web: { href: runPageUrl(app, project, run.id) },
      timeline: { href: `${url}/Timeline` },
    },
  };
}

function keptOf({
  isKept,
  properties,
  removal,
}: BuildParts): Pick<
  WireBuild,
  'keepForever' | 'retainedByRelease' | 'properties' | 'deleted' | 'deletedDate' | 'deletedBy'
> {
  const gone = removal && {
    deleted: true as const,
    deletedDate: wireTime(removal.at),
    deletedBy: identityRef(removal.by),
  };
  return { keepForever: isKept, retainedByRelease: false, properties, ...gone };
}

function referenceOf(
  app: App,
  project: ProjectRow,
  { run, definition }: Pick<BuildParts, 'run' | 'definition'>,
): DefinitionReference {
  if (definition !== undefined) return definitionReference(app, project, definition);
  const { id, name } = run.definition;
  return {
    id,
    name,
    path: '\\',
    type: 'build',
    queueStatus: 'disabled',
    revision: 0,
    uri: `vstfs:///Build/Definition/${id}`,
    url: apiUrl(app, project, `build/definitions/${id}`),
    project: projectRef(app, project),
  };
}

function repositoryOf(definition: DefinitionRow | undefined): WireBuild['repository'] {
  if (definition === undefined) return { id: '', type: 'Git', name: '' };
  const { id, type, name } = wireRepository(definition);
  return { id, type, name };
}

/** A run, in the words of the Pipelines API, which spells *canceling* and has no partial success. */
export function wireRun(app: App, project: ProjectRow, parts: BuildParts): WireRun {
  const { run, definition } = parts;
  const url = apiUrl(app, project, `pipelines/${run.definition.id}/runs/${run.id}`);
  const { id, name } = run.definition;
  return {
    id: run.id,
    name: run.number,
    state:
      run.status === 'completed' ? 'completed' : run.status === 'cancelling' ? 'canceling' : 'inProgress',
    ...(run.result !== undefined && {
      result: run.result === 'partiallySucceeded' ? 'succeeded' : run.result,
    }),
    createdDate: wireTime(run.queueTime),
    ...(run.finishTime !== undefined && { finishedDate: wireTime(run.finishTime) }),
    url,
    pipeline:
      definition === undefined
        ? { id, revision: 0, name, folder: '\\', url: apiUrl(app, project, `pipelines/${id}`) }
        : wirePipeline(app, project, definition),
    resources: {
      repositories: {
        self: { repository: repositoryOf(definition), refName: run.branch, version: run.commit },
      },
    },
    variables: givenVariables(run),
    templateParameters: run.templateParameters ?? {},
    tags: parts.tags,
    _links: { self: { href: url }, web: { href: runPageUrl(app, project, run.id) } },
  };
}

/** The variables that were given when the run was queued; those of its definition are told there. */
function givenVariables({ parameters, variables }: RunState): WireRun['variables'] {
  const names = Object.keys(parameters === undefined ? {} : readParameters(parameters)).map(fold);
  const given = Object.entries(variables).filter(([name]) => names.includes(fold(name)));
  return Object.fromEntries(
    given.map(([name, { value, secret }]) => [
      name,
      secret ? { value: null, isSecret: true } : { value, isSecret: false },
    ]),
  );
}
