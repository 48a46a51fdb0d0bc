import { LOCK_STATUS, type LockRequestView, type ResourceLocks } from '@signalbox/api';
import type { LockRow } from '@signalbox/engine';
import type { Ask, Handlers } from '../ask.ts';
import {
  each,
  expectedView,
  lockContext,
  requestView,
  waiterView,
  type LockContext,
} from '../signalbox/lock-shape.ts';

type Status = keyof typeof LOCK_STATUS;
const OPEN: readonly Status[] = ['queued', 'waitingOnChecks', 'inUse'];

/**
 * The lock queue in the published shape (REST.md §3.6): holders, then waiters in their order. Requests that may still
 * come are in `expected`, never in `value`: they are no requests yet.
 */
export const resourceLockHandlers: Handlers<'listResourceLocks'> = {
  listResourceLocks: async (ask) => listResourceLocks(ask),
};

async function listResourceLocks(ask: Ask): Promise<ResourceLocks> {
  const { app, query } = ask;
  const project = await ask.project();
  const type = query.text('resourceType')?.toLowerCase();
  const id = query.text('resourceId');
  const definition = query.number('definitionId');
  const statuses = query.words('status', LOCK_STATUS) ?? OPEN;
  const limit = query.top(1000);
  const context = lockContext(ask, project);
  const locks = (await app.store.locks.list(project.id)).filter(
    ({ resource }) =>
      (type === undefined || resource.type.toLowerCase() === type) &&
      (id === undefined || resource.id === id),
  );
  const value: LockRequestView[] = [];
  const expected: Awaited<ReturnType<typeof expectedOf>>[number][] = [];
  for (const lock of locks) {
    const requests = await requestsOf(context, { lock, statuses, limit });
    value.push(...requests.filter((one) => definition === undefined || one.definitionId === definition));
    const coming = await expectedOf(context, lock);
    expected.push(...coming.filter((one) => definition === undefined || one.definitionId === definition));
  }
  const shown = value.slice(0, limit);
  return { count: shown.length, value: shown, expected };
}

interface RequestQuery {
  readonly lock: LockRow;
  readonly statuses: readonly Status[];
  readonly limit: number;
}

async function requestsOf(
  context: LockContext,
  { lock, statuses, limit }: RequestQuery,
): Promise<readonly LockRequestView[]> {
  const { store, project } = context;
  const has = (status: Status): boolean => statuses.includes(status);
  const holders = has('inUse') ? await store.locks.holders(project.id, lock.id) : [];
  const waits = has('queued') || has('waitingOnChecks');
  const waiters = waits ? (await store.locks.waiters(project.id, lock.id, { limit })).items : [];
  const isOver = statuses.some((status) => !OPEN.includes(status));
  const ended = isOver ? (await store.locks.ended(project.id, lock.id, { limit })).items : [];
  const views = [
    ...(await each(holders, (bundle) => requestView(context, { lock, bundle }))),
    ...(await each(waiters, (waiter) => waiterView(context, lock, waiter))),
    ...(await each(ended, (bundle) => requestView(context, { lock, bundle }))),
  ];
  return views.filter((view) => has(view.status));
}

async function expectedOf(
  context: LockContext,
  lock: LockRow,
): Promise<readonly Awaited<ReturnType<typeof expectedView>>[]> {
  const { items } = await context.store.locks.expected(context.project.id, lock.resource, { limit: 1000 });
  return each(items, (row) => expectedView(context, row));
}
