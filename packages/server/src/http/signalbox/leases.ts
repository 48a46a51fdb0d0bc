import { randomUUID } from 'node:crypto';
import type { LeaseView } from '@signalbox/api';
import type { BundleRow, InterlockingMessage, ToldRefusal } from '@signalbox/engine';
import type { BundleId, LockId, ProjectId } from '@signalbox/model';
import type { FeedEntry, ProjectRow } from '@signalbox/store';
import { LEASE_SECONDS_DEFAULT, LEASE_WAIT_SECONDS } from '../../limits.ts';
import { problemCode } from '../../refusals.ts';
import { goneSignal } from '../agent/gone-signal.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, forbidden, Problem } from '../problem.ts';
import type { Fields } from '../read/fields.ts';
import { leaseView } from './lease-shape.ts';
import { lockContext } from './lock-shape.ts';

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
  const { id } = await command(ask, {
    type: 'AcquireLease',
    request: body.text('requestId', 1000) ?? '',
    caller: body.text('caller', 1000) ?? callerName(ask),
    owner: ownerOf(ask),
    locks: await readLocks(ask, project, body),
    seconds,
  });
  // Half of a lease at most: whoever waits must have time to ask again before it ends.
  return waitFor(ask, { project, bundle: id }, Math.min(wait, seconds / 2));
}

async function waitFor(
  ask: Ask,
  { project, bundle }: { readonly project: ProjectRow; readonly bundle: BundleId },
  seconds: number,
): Promise<LeaseView> {
  const waiting = ask.app.hub.waitFor(concerns(project.id, bundle), seconds * 1000, goneSignal(ask));
  try {
    const first = await read(ask, project, bundle);
    if (first.status !== 'queued' || seconds === 0) return await show(ask, first);
    await waiting.over;
    return await show(ask, await read(ask, project, bundle));
  } finally {
    waiting.cancel();
  }
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
  return leaseView(lockContext(ask.app.store, project), bundle);
}

async function read(ask: Ask, project: ProjectRow, id: BundleId): Promise<BundleRow> {
  const bundle = await ask.app.store.locks.bundle(project.id, id);
  if (bundle === undefined) throw new Error(`Lock request ${id} is not there.`);
  return bundle;
}

async function find(ask: Ask): Promise<BundleRow> {
  const project = await ask.project();
  const request = ask.param('requestId');
  const need = { need: 'bundleOf', run: 0, stage: request.toLowerCase(), attempt: 1 } as const;
  const [answer] = await ask.app.store.locks.answer(project.id, [need]);
  const bundle = answer?.bundles?.[0];
  const message = `There is no lease '${request.slice(0, 128)}'; it does not exist.`;
  if (bundle === undefined)
    throw new Problem(404, 'LeaseNotFoundException', message, { code: 'lease-not-found' });
  return bundle;
}

type LeaseCommand = Extract<
  InterlockingMessage,
  { readonly type: 'AcquireLease' | 'RenewLease' | 'ReleaseLease' }
>;

/** Gives a command; answers with the lease as it then is. */
async function command(ask: Ask, body: LeaseCommand): Promise<BundleRow> {
  const project = await ask.project();
  const mail = { to: { kind: 'interlocking', id: project.id }, body } as const;
  const reply = await ask.app.store.inbox.execute(mail, randomUUID());
  if (!reply.ok) throw refused(reply.refusal);
  const { bundle } = reply.value as { readonly bundle: BundleId };
  return read(ask, project, bundle);
}

const STATUS: Readonly<Record<string, readonly [status: number, typeKey: string]>> = {
  'lock-not-found': [404, 'LockNotFoundException'],
  'lease-not-found': [404, 'LeaseNotFoundException'],
  'lease-owner': [403, 'AccessDeniedException'],
  'request-reused': [409, 'LeaseConflictException'],
  'lock-disabled': [409, 'LeaseConflictException'],
  'lease-lost': [410, 'LeaseLostException'],
  parked: [503, 'ServiceUnavailableException'],
};

function refused({ code: told, message }: ToldRefusal): Problem {
  const code = problemCode(told);
  const [status, typeKey] = STATUS[told] ?? [400, 'InvalidRequestException'];
  return new Problem(status, typeKey, message, { code });
}

/** The token that speaks, for as long as the server remembers it; no name that somebody else could have. */
function ownerOf({ principal }: Ask): string {
  if (!('token' in principal)) throw forbidden('Only the holder of a token may ask for locks.');
  return `token ${principal.token}`;
}

function callerName({ principal }: Ask): string {
  return 'name' in principal ? principal.name : principal.role;
}

const KNOWN = ['requestid', 'caller', 'locks', 'leaseseconds', 'waitseconds'];

function requireKnown(body: Fields): void {
  for (const [name] of body.entries()) {
    if (!KNOWN.includes(name.toLowerCase()))
      throw badRequest(`A lease has no property "${name.slice(0, 60)}".`);
  }
}

/** Locks by number, or by a name that only one lock has. */
async function readLocks(ask: Ask, project: ProjectRow, body: Fields): Promise<readonly LockId[]> {
  const all = await ask.app.store.locks.list(project.id);
  return body.list('locks').map((one) => {
    if (typeof one === 'number') return one;
    if (typeof one !== 'string') throw badRequest('"locks" is a list of names or numbers of locks.');
    const found = all.filter(({ name }) => name.toLowerCase() === one.toLowerCase());
    if (found.length > 1) {
      const ids = found.map(({ id, resource }) => `${id} (${resource.type})`).join(', ');
      throw badRequest(`Several locks are named ${one.slice(0, 60)}. Give a number: ${ids}.`);
    }
    const [only] = found;
    if (only !== undefined) return only.id;
    const message = `The lock ${one.slice(0, 60)} does not exist.`;
    throw new Problem(404, 'LockNotFoundException', message, { code: 'lock-not-found' });
  });
}
