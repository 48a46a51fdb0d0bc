import type { LeaseView } from '@signalbox/api';
import type { BundleRow } from '@signalbox/engine';
import type { BundleId, ProjectId } from '@signalbox/model';
import type { FeedEntry, ProjectRow } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import { leaseOf } from '../../callers/desk.ts';
import { LEASE_SECONDS_DEFAULT, LEASE_WAIT_SECONDS, LEASE_WAITS_PER_CALLER } from '../../limits.ts';
import { goneSignal } from '../agent/gone-signal.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, Problem } from '../problem.ts';
import type { Fields } from '../read/fields.ts';
import { command, ownerOf, readLease, readLocks } from './lease-command.ts';
import { leaseView } from './lease-shape.ts';
import { lockContext } from './lock-shape.ts';
import { readCallback } from './read-callback.ts';

/** Locks for callers from outside: our own routes. */
export const leaseHandlers: Handlers<'acquireLease' | 'leaseView' | 'renewLease' | 'releaseLease'> = {
  acquireLease: async (ask) => acquire(ask),
  leaseView: async (ask) => show(ask, await find(ask)),
  async renewLease(ask) {
    const body = { type: 'RenewLease', request: ask.param('requestId'), owner: ownerOf(ask) } as const;
    return show(ask, await command(ask, body));
  },
  async releaseLease(ask) {
    const failed = ask.query.word('result', { succeeded: 0, failed: 1 }) === 'failed';
    const request = ask.param('requestId');
    return show(ask, await command(ask, { type: 'ReleaseLease', request, owner: ownerOf(ask), failed }));
  },
};

/** 200 with the locks, 202 while it waits. The wait begins before the question: no grant in between is missed. */
async function acquire(ask: Ask): Promise<LeaseView> {
  const project = await ask.project();
  const body = ask.body();
  requireKnown(body);
  const wait = body.number('waitSeconds') ?? 0;
  if (wait < 0 || wait > LEASE_WAIT_SECONDS)
    throw badRequest(`"waitSeconds" is a number from 0 to ${LEASE_WAIT_SECONDS}.`);
  const seconds = body.number('leaseSeconds') ?? LEASE_SECONDS_DEFAULT;
  const channel = readCallback(ask, body);
  const { id } = await command(ask, {
    type: 'AcquireLease',
    request: body.text('requestId', 1000) ?? '',
    caller: body.text('caller', 1000) ?? callerName(ask),
    owner: ownerOf(ask),
    locks: await readLocks(ask, project, body.list('locks')),
    seconds,
    ...(channel !== undefined && { channel }),
  });
  // Half of a lease at most: whoever waits must have time to ask again before it ends.
  return waitFor(ask, { project, bundle: id }, Math.min(wait, seconds / 2));
}

async function waitFor(
  ask: Ask,
  { project, bundle }: { readonly project: ProjectRow; readonly bundle: BundleId },
  seconds: number,
): Promise<LeaseView> {
  const leave = seconds === 0 ? () => undefined : enter(ask);
  const waiting = ask.app.hub.waitFor(concerns(project.id, bundle), seconds * 1000, goneSignal(ask));
  try {
    const first = await readLease(ask, project, bundle);
    if (first.status !== 'queued' || seconds === 0) return await show(ask, first);
    await waiting.over;
    return await show(ask, await readLease(ask, project, bundle));
  } finally {
    waiting.cancel();
    leave();
  }
}

/** Questions that are kept open cost a connection each, so a caller has so many and no more (TH21). */
function enter(ask: Ask): () => void {
  const leave = ask.app.leaseWaits.enter(ownerOf(ask));
  if (leave !== undefined) return leave;
  const message =
    `${LEASE_WAITS_PER_CALLER} questions of this token are open. Your request has its place; ask again later, ` +
    'with "waitSeconds": 0, or give a "callback".';
  throw new Problem(429, 'TooManyWaitsException', message, { headers: { 'retry-after': '5' } });
}

/** True for entries after which the bundle no longer waits. */
function concerns(project: ProjectId, bundle: BundleId): (entry: FeedEntry) => boolean {
  return ({ address, event }) =>
    address.kind === 'interlocking' &&
    address.id === project &&
    'bundle' in event &&
    event.bundle === bundle &&
    event.type !== 'LeaseRenewed';
}

async function show(ask: Ask, bundle: BundleRow): Promise<LeaseView> {
  const project = await ask.project();
  if (bundle.status === 'queued') void ask.reply.code(202);
  return leaseView(lockContext(ask, project), bundle);
}

async function find(ask: Ask): Promise<BundleRow> {
  const project = await ask.project();
  const request = ask.param('requestId');
  const bundle = await leaseOf(ask.app.store, project.id, request);
  const message = `There is no lease '${request.slice(0, 128)}'; it does not exist.`;
  if (bundle === undefined)
    throw new Problem(404, 'LeaseNotFoundException', message, { code: 'lease-not-found' });
  return bundle;
}

const KNOWN = ['requestid', 'caller', 'locks', 'leaseseconds', 'waitseconds', 'callback'];

function requireKnown(body: Fields): void {
  for (const [name] of body.entries()) {
    if (!KNOWN.includes(name.toLowerCase()))
      throw badRequest(`A lease has no property "${name.slice(0, 60)}".`);
  }
}
