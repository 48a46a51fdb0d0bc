import type { ExpectedView, LockRequestView, LockView } from '@signalbox/api';
import type { BundleRow, ExpectedRow, LockRow, Requester } from '@signalbox/engine';
import type { ProjectRow, Store, Waiter } from '@signalbox/store';
import { WAITERS_SHOWN } from '../../limits.ts';
import type { Ask } from '../ask.ts';
import { wireTime } from '../shape/common.ts';
import { nameGuid } from '../../guid.ts';
import { createExplainer, NO_PLAN, type Explainer, type RunNames } from './explain.ts';
import { freezeView, marksView } from './operator-shape.ts';
import { spanPart } from './span-shape.ts';

/** What every request of one project is shaped with. */
export interface LockContext {
  readonly store: Store;
  readonly project: ProjectRow;
  readonly explain: Explainer;
}

/** The context of one answer, which is about one instant. */
export function lockContext({ app, now }: Pick<Ask, 'app' | 'now'>, project: ProjectRow): LockContext {
  return { store: app.store, project, explain: createExplainer(app.store, project, now) };
}

/** A lock with its queue. The order shown is the order used: it is the store's own (LAW-13). */
export async function lockView(context: LockContext, lock: LockRow): Promise<LockView> {
  const { store, project } = context;
  const holders = await store.locks.holders(project.id, lock.id);
  const waiters = await store.locks.waiters(project.id, lock.id, { limit: WAITERS_SHOWN });
  const expected = await store.locks.expected(project.id, lock.resource, { limit: WAITERS_SHOWN });
  return {
    id: lock.id,
    name: lock.name,
    resourceType: lock.resource.type,
    resourceId: lock.resource.id,
    enabled: lock.enabled,
    policy: lock.policy,
    lastToken: lock.lastToken,
    ...freezeView(lock),
    holders: await each(holders, (bundle) => requestView(context, { lock, bundle })),
    waiters: await each(waiters.items, (waiter) => waiterView(context, lock, waiter)),
    waitersTotal: await store.locks.waiting(project.id, lock.id),
    expected: await each(expected.items, (row) => expectedView(context, row)),
  };
}

/** A waiter with its place. */
export function waiterView(context: LockContext, lock: LockRow, waiter: Waiter): Promise<LockRequestView> {
  return requestView(context, { lock, ...waiter });
}

/** One request: the published `ResourceLockRequest`, and what the queue knows of it (REST.md §3.6). */
export async function requestView(
  context: LockContext,
  at: { readonly lock: LockRow; readonly bundle: BundleRow; readonly position?: number },
): Promise<LockRequestView> {
  const { explain, project } = context;
  const { lock, bundle, position } = at;
  const { requester } = bundle;
  const request = bundle.requests.find((one) => one.lock === lock.id);
  const run = await asks(explain, requester);
  const blockers = position === undefined ? [] : await explain.blockersOf(bundle.id);
  return {
    requestId: request?.id ?? 0,
    resourceType: lock.resource.type,
    resourceId: lock.resource.id,
    resourceName: lock.name,
    projectId: project.guid,
    definitionId: requester.definition,
    definitionName: run.definition,
    planId: run.planId,
    nodeName: requester.stage,
    nodeAttempt: requester.attempt,
    checkRunId: nameGuid('lock-request', `${project.guid}:${request?.id ?? 0}`),
    branch: requester.branch,
    lockType: bundle.behavior ?? lock.policy.behavior,
    status: published(bundle),
    ...times(bundle),
    ...outcome(bundle, run),
    lockId: lock.id,
    bundleId: bundle.id,
    runId: requester.run,
    runNumber: run.number,
    requestedFor: run.requestedFor,
    ...(requester.caller !== undefined && { caller: requester.caller.name }),
    blockers,
    reasons: await explain.reasonsOf(blockers),
    ...(position !== undefined && { position, expiresAt: wireTime(bundle.expiresAt) }),
    ...(request?.token !== undefined && { token: request.token }),
    ...(bundle.supersededBy !== undefined && { supersededBy: { runId: bundle.supersededBy.run } }),
    ...(await spanPart(context, bundle)),
    ...marksView(bundle),
  };
}

/** What a list shows of who asks; somebody from outside stands where a run would. */
async function asks(
  { names }: Explainer,
  { run, stage, caller }: Requester,
): Promise<Omit<RunNames, 'stage'>> {
  if (caller === undefined) return names.run(run);
  return {
    number: stage,
    definition: caller.name,
    requestedFor: caller.name,
    planId: NO_PLAN,
    result: () => undefined,
  };
}

/** How the stage ended, of requests that held the lock and are over. */
function outcome(
  { assignTime, finishTime, requester }: BundleRow,
  run: Pick<RunNames, 'result'>,
): Pick<LockRequestView, 'result'> {
  if (assignTime === undefined || finishTime === undefined) return {};
  const result = run.result(requester.stage, requester.attempt);
  return result === undefined ? {} : { result };
}

/** All requests of a stage attempt, one for each of its locks, as they are now. */
export async function requestsView(
  context: LockContext,
  bundle: BundleRow,
): Promise<readonly LockRequestView[]> {
  const { store, project } = context;
  const views: LockRequestView[] = [];
  for (const request of bundle.requests) {
    const lock = await store.locks.get(project.id, request.lock);
    const position = await store.locks.position(project.id, request.lock, bundle.id);
    if (lock === undefined) continue;
    views.push(await requestView(context, { lock, bundle, ...(position !== undefined && { position }) }));
  }
  return views;
}

function times({
  queueTime,
  assignTime,
  finishTime,
}: BundleRow): Pick<LockRequestView, 'queueTime' | 'assignTime' | 'finishTime'> {
  return {
    queueTime: wireTime(queueTime),
    ...(assignTime !== undefined && { assignTime: wireTime(assignTime) }),
    ...(finishTime !== undefined && { finishTime: wireTime(finishTime) }),
  };
}

// Azure has no word for a request that waits for its approval. Whoever passes through a span asks no more.
function published({ status, inside }: BundleRow): LockRequestView['status'] {
  if (inside !== undefined) return 'canceled';
  return status === 'expected' ? 'queued' : status;
}

/** A run that may still come. */
export async function expectedView({ explain }: LockContext, row: ExpectedRow): Promise<ExpectedView> {
  const run = await explain.names.run(row.run);
  return {
    runId: row.run,
    runNumber: run.number,
    definitionId: row.definition,
    definitionName: run.definition,
    stage: run.stage(row.stage),
    branch: row.branch,
    runQueueTime: wireTime(row.runQueueTime),
  };
}

/** One after the other: the store answers one question at a time anyway. */
export async function each<R, T>(rows: readonly R[], shape: (row: R) => Promise<T>): Promise<readonly T[]> {
  const shaped: T[] = [];
  for (const row of rows) shaped.push(await shape(row));
  return shaped;
}
