import type {
  Collection,
  LockRequestView,
  OperatedLock,
  OperatedRequests,
  OperatorRoute,
} from '@signalbox/api';
import type { BundleRow, InterlockingMessage } from '@signalbox/engine';
import type { ProjectRow } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import type { Ask, Handlers } from '../ask.ts';
import { findRun } from '../build/find-run.ts';
import { notFound } from '../problem.ts';
import { collection } from '../shape/common.ts';
import { lockContext, lockView, requestsView } from './lock-shape.ts';
import { operate } from './operator-command.ts';
import { readFreeze, readMove, readReason } from './read-operation.ts';

/** What operators do to the queue: our own routes (QUEUEING §3, INV-09). */
export const operatorHandlers: Handlers<Exclude<OperatorRoute, 'forceCancel'>> = {
  runLockRequests: async (ask) => runLockRequests(ask),
  holdRequest: async (ask) => actOnBundle(ask, 'HoldRequest'),
  unholdRequest: async (ask) => actOnBundle(ask, 'UnholdRequest'),
  moveRequest: async (ask) => moveRequest(ask),
  withdrawRequest: async (ask) => actOnBundle(ask, 'WithdrawRequest'),
  forceGrant: async (ask) => actOnBundle(ask, 'ForceGrant'),
  acknowledgeFailure: async (ask) => actOnBundle(ask, 'AcknowledgeFailure'),
  forceRelease: async (ask) => actOnBundle(ask, 'ForceRelease'),
  freezeLock: async (ask) => freezeLock(ask),
  unfreezeLock: async (ask) => unfreezeLock(ask),
};

/** The messages that say nothing but which bundle, who and why. */
type PlainAct = Exclude<
  Extract<InterlockingMessage, { readonly bundle: number; readonly reason: string }>['type'],
  'MoveRequest'
>;

async function runLockRequests(ask: Ask): Promise<Collection<LockRequestView>> {
  const { run, project } = await findRun(ask, 'runId', 'Run');
  const bundles = await ask.app.store.locks.ofRun(project.id, run.id);
  const views: LockRequestView[] = [];
  for (const bundle of bundles) views.push(...(await viewsOf(ask, project, bundle)));
  return collection(views);
}

async function actOnBundle(ask: Ask, type: PlainAct): Promise<OperatedRequests> {
  const project = await ask.project();
  const bundle = ask.id('bundleId', 'LockRequest');
  const act = { bundle, by: callerName(ask), reason: readReason(ask.body()) };
  return operated(ask, project, { type, ...act });
}

async function moveRequest(ask: Ask): Promise<OperatedRequests> {
  const project = await ask.project();
  const bundle = ask.id('bundleId', 'LockRequest');
  return operated(ask, project, {
    type: 'MoveRequest',
    bundle,
    by: callerName(ask),
    ...readMove(ask.body()),
  });
}

async function operated(
  ask: Ask,
  project: ProjectRow,
  message: Extract<InterlockingMessage, { readonly bundle: number; readonly reason: string }>,
): Promise<OperatedRequests> {
  const { changed } = await operate(ask, project, message);
  const bundle = await ask.app.store.locks.bundle(project.id, message.bundle);
  if (bundle === undefined) throw new Error('A bundle that was operated on is not there.');
  return { changed, requests: await viewsOf(ask, project, bundle) };
}

function viewsOf(ask: Ask, project: ProjectRow, bundle: BundleRow): Promise<readonly LockRequestView[]> {
  return requestsView(lockContext(ask, project), bundle);
}

async function freezeLock(ask: Ask): Promise<OperatedLock> {
  const project = await ask.project();
  const lock = ask.id('lockId', 'Lock');
  const message = { type: 'FreezeLock', lock, by: callerName(ask), ...readFreeze(ask.body()) } as const;
  return operatedLock(ask, project, message);
}

async function unfreezeLock(ask: Ask): Promise<OperatedLock> {
  const project = await ask.project();
  const lock = ask.id('lockId', 'Lock');
  const message = {
    type: 'UnfreezeLock',
    lock,
    by: callerName(ask),
    reason: readReason(ask.body()),
  } as const;
  return operatedLock(ask, project, message);
}

async function operatedLock(
  ask: Ask,
  project: ProjectRow,
  message: Extract<InterlockingMessage, { readonly type: 'FreezeLock' | 'UnfreezeLock' }>,
): Promise<OperatedLock> {
  const { store } = ask.app;
  const { changed } = await operate(ask, project, message);
  const lock = await store.locks.get(project.id, message.lock);
  if (lock === undefined) throw notFound('Lock', `The lock ${message.lock}`);
  return { changed, lock: await lockView(lockContext(ask, project), lock) };
}
