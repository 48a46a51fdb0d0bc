import { randomUUID } from 'node:crypto';
import type { BundleRow, InterlockingMessage, ToldRefusal } from '@signalbox/engine';
import type { BundleId, LockId } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import { problemCode } from '../../refusals.ts';
import type { Ask } from '../ask.ts';
import { badRequest, forbidden, Problem } from '../problem.ts';

type LeaseCommand = Extract<
  InterlockingMessage,
  { readonly type: 'AcquireLease' | 'RenewLease' | 'ReleaseLease' }
>;

/** Gives a command; answers with the lease as it then is. */
export async function command(ask: Ask, body: LeaseCommand): Promise<BundleRow> {
  const project = await ask.project();
  const mail = { to: { kind: 'interlocking', id: project.id }, body } as const;
  const reply = await ask.app.store.inbox.execute(mail, randomUUID());
  if (!reply.ok) throw refused(reply.refusal);
  const { bundle } = reply.value as { readonly bundle: BundleId };
  return readLease(ask, project, bundle);
}

/** A lease by its number, which must be there. */
export async function readLease(ask: Ask, project: ProjectRow, id: BundleId): Promise<BundleRow> {
  const bundle = await ask.app.store.locks.bundle(project.id, id);
  if (bundle === undefined) throw new Error(`Lock request ${id} is not there.`);
  return bundle;
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
export function ownerOf({ principal }: Ask): string {
  if (!('token' in principal)) throw forbidden('Only the holder of a token may ask for locks.');
  return `token ${principal.token}`;
}

/** Locks by number, or by a name that only one lock has. */
export async function readLocks(
  ask: Ask,
  project: ProjectRow,
  named: readonly unknown[],
): Promise<readonly LockId[]> {
  const all = await ask.app.store.locks.list(project.id);
  return named.map((one) => {
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
