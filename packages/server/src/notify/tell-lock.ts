import type { BundleRow, LockRow } from '@signalbox/engine';
import type { Instant, LockId } from '@signalbox/model';
import type { JsonObject, ProjectRow } from '@signalbox/store';
import { createExplainer } from '../http/signalbox/explain.ts';
import { projectPageUrl, runPageUrl, wireTime } from '../http/shape/common.ts';
import type { LockHappening } from './happening.ts';
import { factsOf, type Fact, type Facets } from './notice.ts';
import { pipelineFacet, runFactsOf, runName, runResource, stageFacets, type Teller } from './story.ts';
import type { Draft } from './tell-run.ts';
import { timeText } from './time-text.ts';
import type { BuildParts } from '../http/shape/build.ts';

/** What is known of a happening at locks. */
interface LockStory {
  readonly teller: Teller;
  readonly project: ProjectRow;
  readonly locks: readonly LockRow[];
  readonly bundle: BundleRow | undefined;
  /** Absent: somebody from outside asks, or it is about the lock itself. */
  readonly parts: BuildParts | undefined;
}

/** What is told of a turn at locks; nothing when none of them is known. */
export async function tellLock(
  teller: Teller,
  project: ProjectRow,
  { happening, at }: { readonly happening: LockHappening; readonly at: Instant },
): Promise<readonly Draft[]> {
  const story = await readStory(teller, project, happening);
  if (story.locks.length === 0) return [];
  const { event, result } = happening;
  const names = story.locks.map(({ name }) => name).join(', ');
  const title = `${story.locks.length === 1 ? 'Lock' : 'Locks'} ${names}: ${TURNS[event](happening, whoOf(story))}.`;
  const notice = {
    event,
    at: wireTime(at),
    title,
    facts: await lockFacts(story, happening, at),
    link: linkOf(story),
    resource: resourceOf(story, happening),
    projectId: project.guid,
  };
  return [{ event, notice, facets: facetsOf(story, result) }];
}

async function readStory(teller: Teller, project: ProjectRow, happening: LockHappening): Promise<LockStory> {
  const { locks: port } = teller.app.store;
  const { bundle: id } = happening;
  const bundle = id === undefined ? undefined : await port.bundle(project.id, id);
  const wanted: readonly LockId[] = happening.locks ?? bundle?.requests.map(({ lock }) => lock) ?? [];
  const locks: LockRow[] = [];
  for (const lock of wanted) {
    const row = await port.get(project.id, lock);
    if (row !== undefined) locks.push(row);
  }
  const run = bundle?.requester.run;
  return { teller, project, locks, bundle, parts: run ? await teller.run(run) : undefined };
}

function whoOf({ bundle, parts }: LockStory): string {
  if (bundle === undefined) return '';
  const { caller, stage, run } = bundle.requester;
  if (caller !== undefined) return caller.name;
  return `stage ${stage} of ${parts === undefined ? `run ${run}` : runName(parts.run)}`;
}

/** What happened at the lock, as the end of a sentence that begins with its name. */
const TURNS: Readonly<Record<LockHappening['event'], (happening: LockHappening, who: string) => string>> = {
  'lock.waiting': (_, who) => `${who} waits`,
  'lock.granted': (_, who) => `granted to ${who}`,
  'lock.released': ({ result }, who) => `${result === 'abandoned' ? 'taken from' : 'released by'} ${who}`,
  'lock.ended': ({ result = '' }, who) => `${who} waits no more, ${ENDS[result] ?? 'it has left'}`,
  'lock.kept': (_, who) => `kept after a failure of ${who}, until somebody acknowledges it`,
  'lock.holderChanged': ({ result = '' }, who) => `${who} ${HOLDERS[result] ?? 'has changed'}`,
  'lock.overdue': (_, who) => `${who} holds it longer than it allows`,
  'lock.operated': ({ result = '', by = '' }, who) => `${who} was ${ACTS[result] ?? 'changed'} by ${by}`,
  'lock.frozen': ({ by = '' }) => `frozen by ${by}`,
  'lock.unfrozen': ({ by = '' }) => `opened again by ${by}`,
};

const ENDS: Readonly<Record<string, string>> = {
  superseded: 'a newer run took its place',
  timedOut: 'its time is over',
  rejected: 'a newer commit was deployed',
  canceled: 'it was canceled',
  withdrawn: 'an operator withdrew it',
};

const HOLDERS: Readonly<Record<string, string>> = {
  working: 'is at work again',
  quarantined: 'has lost its agent, and the lock stays closed',
  awaitingApproval: 'holds it while an approval is awaited',
  awaitingPostApproval: 'holds it until its end is approved',
};

const ACTS: Readonly<Record<string, string>> = {
  held: 'put on hold',
  letGo: 'let go again',
  moved: 'moved in the queue',
  forced: 'put before everybody else',
};

async function lockFacts(story: LockStory, happening: LockHappening, at: Instant): Promise<readonly Fact[]> {
  const { bundle, parts } = story;
  return [
    ...(bundle === undefined ? [] : bundleFacts(bundle)),
    ...(await waitFacts(story, happening, at)),
    ...factsOf(['By', await actorOf(story, happening)], ['Why', happening.reason]),
    ...(parts === undefined ? [] : runFactsOf(parts)),
  ];
}

function bundleFacts({ requester, queueTime }: BundleRow): readonly Fact[] {
  const stage = requester.caller === undefined ? requester.stage : undefined;
  return factsOf(['Stage', stage], ['Since', timeText(queueTime)]);
}

/** What it waits for, in the words of the queue. */
async function waitFacts(
  { bundle, teller, project }: LockStory,
  { event, until }: LockHappening,
  at: Instant,
): Promise<readonly Fact[]> {
  if (event !== 'lock.waiting' || bundle?.status !== 'queued')
    return factsOf(['Until', until === undefined ? undefined : timeText(until)]);
  const explain = createExplainer(teller.app.store, project, at);
  const reasons = await explain.reasonsOf(await explain.blockersOf(bundle.id));
  return factsOf(['Until', timeText(bundle.expiresAt)], ['Waits for', reasons.join(' ')]);
}

async function actorOf({ teller }: LockStory, { by, byRun }: LockHappening): Promise<string | undefined> {
  const newer = byRun === undefined ? undefined : await teller.run(byRun);
  return by ?? (newer && runName(newer.run));
}

function linkOf({ teller, project, parts }: LockStory): string {
  if (parts !== undefined) return runPageUrl(teller.app, project, parts.run.id);
  return projectPageUrl(teller.app, project);
}

function facetsOf({ locks, bundle, parts }: LockStory, result: string | undefined): Facets {
  const stage = bundle?.requester.stage;
  return {
    ...(parts !== undefined && pipelineFacets(parts, stage)),
    locks: locks.flatMap(({ id, name }) => [name, String(id)]),
    environments: locks.filter(({ resource }) => resource.type === 'environment').map(({ name }) => name),
    ...(result !== undefined && { states: [result] }),
  };
}

function pipelineFacets({ run }: BuildParts, stage: string | undefined): Facets {
  return stage === undefined ? { pipelines: pipelineFacet(run) } : stageFacets(run, stage);
}

function resourceOf(
  { teller, project, locks, bundle, parts }: LockStory,
  happening: LockHappening,
): JsonObject {
  const { by, reason, result, until } = happening;
  return {
    projectId: project.guid,
    locks: locks.map(({ id, name, resource }) => ({
      id,
      name,
      resourceType: resource.type,
      resourceId: resource.id,
      token: bundle?.requests.find(({ lock }) => lock === id)?.token ?? null,
    })),
    ...(bundle !== undefined && { request: requestOf(bundle) }),
    ...(parts !== undefined && { run: runResource({ app: teller.app, project, parts }) }),
    ...(result !== undefined && { state: result }),
    ...(by !== undefined && { by }),
    ...(reason !== undefined && { reason }),
    ...(until !== undefined && { until: wireTime(until) }),
  };
}

function requestOf(bundle: BundleRow): JsonObject {
  const { id, status, requester, queueTime, assignTime, finishTime } = bundle;
  const { run, stage, attempt, branch, caller } = requester;
  return {
    id,
    status,
    stage,
    attempt,
    branch,
    runId: run,
    queueTime: wireTime(queueTime),
    ...(caller !== undefined && { caller: caller.name }),
    ...(assignTime !== undefined && { assignTime: wireTime(assignTime) }),
    ...(finishTime !== undefined && { finishTime: wireTime(finishTime) }),
  };
}
