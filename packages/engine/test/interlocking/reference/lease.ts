import { leave } from './leave.ts';
import type { Asked, Of, State } from './state.ts';

/** Somebody outside asks; asking the same again is a sign of life. */
export function acquire(s: State, message: Of<'AcquireLease'>, now: number): void {
  const { request, owner, seconds } = message;
  const locks = message.locks.flatMap((id) => s.locks[id - 1] ?? []);
  const known = s.find(leaseName(message));
  if (known !== undefined) {
    const same = known.locks.length === locks.length && locks.every((lock) => known.locks.includes(lock));
    if (same && renew(known, owner, now) && message.channel && known.lease) known.lease.isTold = true;
    return;
  }
  if (locks.length < message.locks.length || locks.some(({ enabled, deleted }) => !enabled || deleted))
    return;
  s.bundles.push({
    ...leaseName(message),
    definition: 0,
    branch: '',
    runQueueTime: now,
    stage: request,
    id: s.bundles.length + 1,
    behavior: undefined,
    locks,
    rank: now,
    relations: new Map(),
    since: now,
    status: 'waiting',
    eligible: false,
    tokens: {},
    lease: { owner, seconds, until: now + seconds * 1000, isTold: message.channel !== undefined },
  });
}

/** A sign of life of somebody outside. */
export function renewOwn(s: State, message: Of<'RenewLease'>, now: number): void {
  renew(s.find(leaseName(message)), message.owner, now);
}

function renew(bundle: Asked | undefined, owner: string, now: number): boolean {
  if (bundle?.lease?.owner !== owner || isOver(bundle, now)) return false;
  if (bundle.idle || bundle.kept || !['waiting', 'holding'].includes(bundle.status)) return false;
  const { granted = now } = bundle;
  const over = bundle.locks.some(
    ({ policy: { holdLimitMinutes: limit, onHoldLimit } }) =>
      onHoldLimit === 'cancel' && limit > 0 && granted + limit * 60_000 <= now,
  );
  if (!over) bundle.lease.until = Math.max(bundle.lease.until, now + bundle.lease.seconds * 1000);
  return !over;
}

function isOver({ lease, status }: Asked, now: number): boolean {
  return lease !== undefined && lease.until <= now && !(lease.isTold && status === 'waiting');
}

/** Somebody outside is done. */
export function giveBack(s: State, message: Of<'ReleaseLease'>): void {
  const bundle = s.find(leaseName(message));
  if (bundle?.lease?.owner !== message.owner) return;
  leave(s, {
    type: 'LocksReleased',
    ...leaseName(message),
    ...(message.failed && { end: 'failed' as const }),
  });
}

/** Callers who were not heard of: waiters go, holders are lost 30 s later. */
export function leasesOver(s: State, now: number): void {
  for (const bundle of s.bundles) {
    if (bundle.lease === undefined || bundle.kept !== undefined || !isOver(bundle, now)) continue;
    if (bundle.status === 'waiting') bundle.status = 'canceled';
    if (bundle.status !== 'holding') continue;
    bundle.idle = true;
    if (bundle.lease.until + 30_000 > now) continue;
    if (bundle.locks.some(({ policy }) => policy.onFailure === 'hold')) bundle.kept = 'abandoned';
    else bundle.status = 'abandoned';
  }
}

function leaseName({ request }: { readonly request: string }): { run: 0; stage: string; attempt: 1 } {
  return { run: 0, stage: request, attempt: 1 };
}
