import type { StageState } from '@signalbox/engine';
import { fold, type Instant } from '@signalbox/model';
import type { JsonObject } from '@signalbox/store';
import { recordGuid } from '../guid.ts';
import { wireTime } from '../http/shape/common.ts';
import type { Happening } from './happening.ts';
import { factsOf, type Told } from './notice.ts';
import {
  buildResource,
  pipelineFacet,
  runFactsOf,
  runLink,
  runName,
  runResource,
  stageFacets,
  type RunStory,
} from './story.ts';

/** A notice without its id, which comes from the journal. */
export type Draft = Omit<Told, 'id'>;

type RunHappening = Happening & { readonly kind: 'run' };
type StageHappening = Happening & { readonly kind: 'stage' };

/** What is told of a run's turn: the state as it became then, whatever it is by now. */
export function tellRun(story: RunStory, happening: RunHappening, at: Instant): readonly Draft[] {
  const { run } = story.parts;
  const { state, result, by } = happening;
  const name = runName(run);
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)} ${verbOf(state, result)}.`;
  const common = {
    at: wireTime(at),
    title,
    facts: [...runFactsOf(story.parts), ...factsOf(['By', by])],
    link: runLink(story),
    projectId: story.project.guid,
  };
  const { finishedDate, result: _, ...now } = runResource(story);
  const asThen = {
    ...now,
    state,
    ...(result !== undefined && { result: result === 'partiallySucceeded' ? 'succeeded' : result }),
    ...(finishedDate !== undefined && state === 'completed' && { finishedDate }),
  };
  const changed = { run: asThen, pipeline: pipelineOf(asThen), projectId: story.project.guid };
  const facets = { pipelines: pipelineFacet(run), states: [state], results: resultFacet(result) };
  const turned: Draft = {
    event: 'run.stateChanged',
    notice: { ...common, event: 'run.stateChanged', resource: changed },
    facets,
  };
  if (state !== 'completed') return [turned];
  const resource = buildResource(story);
  return [
    turned,
    { event: 'run.completed', notice: { ...common, event: 'run.completed', resource }, facets },
  ];
}

function verbOf(state: RunHappening['state'], result: string | undefined): string {
  if (state === 'inProgress') return 'started';
  if (state === 'canceling') return 'is being canceled';
  return resultVerb(result ?? '');
}

/** How a result reads in a sentence. */
function resultVerb(result: string): string {
  const verbs: Readonly<Record<string, string>> = {
    succeeded: 'succeeded',
    succeededWithIssues: 'succeeded with issues',
    partiallySucceeded: 'partially succeeded',
    failed: 'failed',
    canceled: 'was canceled',
    skipped: 'was skipped',
    rejected: 'was rejected',
    abandoned: 'was abandoned',
  };
  return verbs[result] ?? 'is over';
}

// A partial success is a success to those who filter by it, as it is in Azure's words.
function resultFacet(result: string | undefined): readonly string[] {
  if (result === undefined) return [];
  return result === 'partiallySucceeded' || result === 'succeededWithIssues'
    ? [result, 'succeeded']
    : [result];
}

function pipelineOf(run: JsonObject): JsonObject[string] {
  return run['pipeline'] ?? null;
}

/** What is told of a stage's turn. */
export function tellStage(story: RunStory, happening: StageHappening, at: Instant): readonly Draft[] {
  const { run } = story.parts;
  const { stage, state, result, by } = happening;
  const now = run.stages.find(({ name }) => fold(name) === fold(stage));
  const verb = { waiting: 'waits', running: 'started', completed: resultVerb(result ?? '') }[state];
  const wire = runResource(story);
  const link = runLink(story);
  const resource: JsonObject = {
    stage: {
      _links: { web: { href: link }, 'pipeline.web': { href: link } },
      id: recordGuid(stage),
      name: stage,
      displayName: stage,
      attempt: now?.attempt ?? 1,
      state,
      ...(result !== undefined && { result: result === 'succeededWithIssues' ? 'succeeded' : result }),
      ...stageTimes(now, state),
    },
    run: wire,
    pipeline: pipelineOf(wire),
    repositories: [{ type: 'Git', change: { message: run.commitMessage ?? '', commit: run.commit } }],
    projectId: story.project.guid,
  };
  const notice = {
    event: 'stage.stateChanged',
    at: wireTime(at),
    title: `Stage ${stage} of ${runName(run)} ${verb}.`,
    facts: [...factsOf(['Stage', stage], ['By', by]), ...runFactsOf(story.parts)],
    link,
    resource,
    projectId: story.project.guid,
  } as const;
  const facets = { ...stageFacets(run, stage), states: [state], results: resultFacet(result) };
  return [{ event: 'stage.stateChanged', notice, facets }];
}

function stageTimes(stage: StageState | undefined, state: StageHappening['state']): JsonObject {
  if (stage === undefined || state === 'waiting') return {};
  const startTime = 'startTime' in stage ? stage.startTime : undefined;
  const finishTime = state === 'completed' && 'finishTime' in stage ? stage.finishTime : undefined;
  return {
    ...(startTime !== undefined && { startTime: wireTime(startTime) }),
    ...(finishTime !== undefined && { finishTime: wireTime(finishTime) }),
  };
}
