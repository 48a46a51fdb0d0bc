import {
  adviceText,
  reasonText,
  spanInsideText,
  type ExplainView,
  type ReasonView,
  type StageExplainView,
} from '@signalbox/api';
import {
  findCircle,
  pendingCancelOf,
  requestNode,
  type BundleRow,
  type RunState,
  type WaitNode,
} from '@signalbox/engine';
import { fold, type Blocker, type BlockingBundle } from '@signalbox/model';
import type { ProjectRow, Store } from '@signalbox/store';
import type { Ask } from '../../ask.ts';
import { findRun } from '../../build/find-run.ts';
import { runPageUrl, wireTime } from '../../shape/common.ts';
import { pendingCancelText } from '../../shape/pending-cancel.ts';
import { createExplainer, type Explainer } from '../explain.ts';
import { each } from '../lock-shape.ts';
import { spanView } from '../span-shape.ts';
import { makeForecast, rangeByRate } from './forecast.ts';
import { readMoment, type ReadMoment } from './read-moment.ts';
import { readWaits, type ReadWaits } from './read-waits.ts';
import { fateView, stageRef } from './shape.ts';
import { nodeText } from './node-text.ts';

interface Context {
  readonly ask: Ask;
  readonly store: Store;
  readonly project: ProjectRow;
  readonly run: RunState;
  readonly explain: Explainer;
  readonly moment: ReadMoment;
  readonly waits: ReadWaits;
}

/** `GET runs/{id}/explain`: every stage of the run that waits, and each chain to its end (LAW-14). */
export async function explainRun(ask: Ask): Promise<ExplainView> {
  const { run, project } = await findRun(ask, 'runId', 'Run');
  const { store } = ask.app;
  const bundles = (await store.locks.ofRun(project.id, run.id)).filter(isWaiting);
  const locks = bundles.flatMap(({ requests }) => requests.map(({ lock }) => lock));
  const moment = await readMoment(store, project, { locks, now: ask.now });
  const waits = await readWaits(store, project, { moment, run: run.id });
  const context = {
    ask,
    store,
    project,
    run,
    explain: createExplainer(store, project, ask.now),
    moment,
    waits,
  };
  const stages: StageExplainView[] = [];
  for (const stage of run.stages) {
    const bundle = bundles.find(
      ({ requester }) => fold(requester.stage) === fold(stage.name) && requester.attempt === stage.attempt,
    );
    const view = bundle === undefined ? await otherWait(context, stage) : await lockWait(context, bundle);
    if (view !== undefined) stages.push(view);
  }
  const circle = findCircle(waits.graph);
  return {
    runId: run.id,
    runNumber: run.number,
    at: wireTime(ask.now),
    stages,
    ...(circle !== undefined && { circle: await sentences(context, circle) }),
  };
}

/** A stage that waits for its locks. */
async function lockWait(context: Context, bundle: BundleRow): Promise<StageExplainView> {
  const { explain, waits } = context;
  const { stage, attempt } = bundle.requester;
  const blockers = await explain.blockersOf(bundle.id);
  const forecast = await startOf(context, bundle);
  return {
    stage,
    attempt,
    since: wireTime(bundle.queueTime),
    places: await placesOf(context, bundle),
    reasons: await reasonViews(context, blockers),
    chain: await sentences(context, waits.chain(requestNode(bundle.id)).path.slice(1)),
    ...(forecast !== undefined && { forecast }),
  };
}

/** Its place in each queue; none of a stage that waits for its turn inside a span (LAW-9). */
async function placesOf(
  { store, project }: Context,
  { id, inside, requests }: BundleRow,
): Promise<StageExplainView['places']> {
  if (inside !== undefined) return [];
  return each(requests, async ({ lock }) => ({
    lockId: lock,
    lockName: (await store.locks.get(project.id, lock))?.name ?? `lock ${lock}`,
    position: (await store.locks.position(project.id, lock, id)) ?? 0,
  }));
}

/** A stage that waits for something else than locks: stages before it, a person, an agent; or that a cancel awaits. */
async function otherWait(
  context: Context,
  stage: RunState['stages'][number],
): Promise<StageExplainView | undefined> {
  const { run, waits } = context;
  if (stage.phase === 'completed') return undefined;
  const path = waits.chain(`stage ${run.id} ${fold(stage.name)}`).path.slice(1);
  const next = waits.nodes.get(path[0] ?? '');
  const cancel = pendingCancelOf(stage);
  if (cancel === undefined && (next === undefined || next.kind === 'job')) return undefined;
  const chain = await sentences(context, path);
  return {
    stage: stage.name,
    attempt: stage.attempt,
    ...(stage.phase === 'waiting' && { since: wireTime(stage.since) }),
    places: [],
    reasons: [],
    chain,
    ...(cancel !== undefined && { pendingCancel: pendingCancelText(stage.name, cancel) }),
  };
}

async function reasonViews(context: Context, blockers: readonly Blocker[]): Promise<readonly ReasonView[]> {
  const { ask, project, explain } = context;
  const book = await explain.bookFor(blockers);
  return each(blockers, async (blocker) => ({
    kind: blocker.kind,
    text: reasonText(blocker, book),
    advice: adviceText(blocker),
    lockId: blocker.lock,
    since: wireTime(blocker.since),
    ...('until' in blocker && blocker.until !== undefined && { until: wireTime(blocker.until) }),
    runs: await each('by' in blocker ? blocker.by : [], async (one) => ({
      ...(await stageRef(explain.names, one)),
      url: runPageUrl(ask.app, project, one.run),
    })),
    ...(await insidePart(context, 'by' in blocker ? blocker.by : [])),
  }));
}

/** What goes on inside the spans of those that stand in the way. */
async function insidePart(
  { store, project, explain }: Context,
  by: readonly BlockingBundle[],
): Promise<Pick<ReasonView, 'inside'>> {
  const inside: string[] = [];
  for (const { bundle, run, until } of by) {
    const row = until && (await store.locks.bundle(project.id, bundle));
    const span = row && (await spanView({ store, project }, row));
    if (span === undefined) continue;
    const { number, definition } = await explain.names.run(run);
    inside.push(`Run ${number} of ${definition}: ${spanInsideText(span)}`);
  }
  return inside.length === 0 ? {} : { inside };
}

/** When it starts, with all its locks at once, says the forecast of any of them; behind the first 500 by rate. */
async function startOf(
  { store, project, explain, moment }: Context,
  bundle: BundleRow,
): Promise<StageExplainView['forecast']> {
  const [request] = bundle.requests;
  if (request === undefined) return undefined;
  const told = await makeForecast(store, project, { moment, lock: request.lock });
  const own = told.waiters.find((one) => one.bundle === bundle.id);
  if (own !== undefined)
    return { p50: await fateView(explain, own.p50), p90: await fateView(explain, own.p90), byRate: false };
  const position = await store.locks.position(project.id, request.lock, bundle.id);
  if (position === undefined || told.rate === undefined) return undefined;
  const { p50, p90 } = rangeByRate(told.rate, position);
  return { p50: { kind: 'starts', at: p50 }, p90: { kind: 'starts', at: p90 }, byRate: true };
}

function sentences({ explain, waits }: Context, path: readonly string[]): Promise<readonly string[]> {
  const nodes = path.flatMap((name) => waits.nodes.get(name) ?? []);
  return each<WaitNode, string>(nodes, (node) => nodeText(explain, node));
}

function isWaiting({ status }: BundleRow): boolean {
  return status === 'queued' || status === 'waitingOnChecks';
}
