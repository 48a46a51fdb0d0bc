import type { LockRequestView, LockView } from '@signalbox/api';

/** What an operator can do with the requests of a stage. */
export type RequestAct =
  'hold' | 'unhold' | 'move' | 'withdraw' | 'forceGrant' | 'acknowledge' | 'forceRelease';

/** What an operator can do with a lock. */
export type LockAct = 'freeze' | 'unfreeze';

/** An act that makes sense now and that the viewer may do. */
export interface ActChoice<A> {
  readonly act: A;
  readonly label: string;
  /** What comes of it, in one sentence. */
  readonly explains: string;
}

interface Offer<A> extends ActChoice<A> {
  readonly permission: string;
}

const REQUEST: Readonly<Record<RequestAct, Offer<RequestAct>>> = {
  hold: {
    act: 'hold',
    label: 'Hold it back',
    explains: 'It keeps its place, and the others pass, until somebody lets it go.',
    permission: 'holdRequests',
  },
  unhold: {
    act: 'unhold',
    label: 'Let it go',
    explains: 'It takes its turn again.',
    permission: 'holdRequests',
  },
  move: {
    act: 'move',
    label: 'Move it',
    explains: 'It gets another place in the line.',
    permission: 'moveRequests',
  },
  withdraw: {
    act: 'withdraw',
    label: 'Withdraw it',
    explains: 'It waits no longer; its stage is canceled.',
    permission: 'withdrawRequests',
  },
  forceGrant: {
    act: 'forceGrant',
    label: 'Let it in next',
    explains: 'It gets the lock as soon as there is a place, past holds, freezes and the order.',
    permission: 'forceGrants',
  },
  acknowledge: {
    act: 'acknowledge',
    label: 'Acknowledge the failure',
    explains: 'The lock, kept after the failure, goes on to the next.',
    permission: 'acknowledgeFailures',
  },
  forceRelease: {
    act: 'forceRelease',
    label: 'Release it by force',
    explains: 'The lock goes on, though something of this stage may still act: you answer for that.',
    permission: 'forceReleases',
  },
};

const LOCK: Readonly<Record<LockAct, Offer<LockAct>>> = {
  freeze: {
    act: 'freeze',
    label: 'Freeze',
    explains: 'Nobody is let in any more; whoever holds the lock goes on.',
    permission: 'freezeLocks',
  },
  unfreeze: {
    act: 'unfreeze',
    label: 'End the freeze',
    explains: 'Those in line take their turns again.',
    permission: 'freezeLocks',
  },
};

/** What the viewer can do with a request of a lock now. */
export function requestActs(
  lock: LockView,
  request: LockRequestView,
  permissions: readonly string[],
): readonly ActChoice<RequestAct>[] {
  return sensible(lock, request)
    .map((act) => REQUEST[act])
    .filter((offer) => permissions.includes(offer.permission));
}

/** What the viewer can do with a lock now; absent: nothing. */
export function lockAct(lock: LockView, permissions: readonly string[]): ActChoice<LockAct> | undefined {
  const offer = lock.freeze === undefined ? LOCK.freeze : LOCK.unfreeze;
  return permissions.includes(offer.permission) ? offer : undefined;
}

/** The request of a lock by its number, as long as it holds or waits. */
export function requestOf(lock: LockView, requestId: number): LockRequestView | undefined {
  return [...lock.holders, ...lock.waiters].find((request) => request.requestId === requestId);
}

/** A stage as a person names it: `shop-web 20261122.4, Deploy`. */
export function requestName({ caller, definitionName, runNumber, nodeName }: LockRequestView): string {
  return caller === undefined ? `${definitionName} ${runNumber}, ${nodeName}` : `${caller}, ${nodeName}`;
}

function sensible(lock: LockView, { status, hold, forced, holder }: LockRequestView): readonly RequestAct[] {
  if (status === 'inUse') {
    if (holder?.state === 'failed') return ['acknowledge'];
    return holder?.state === 'draining' || holder?.state === 'quarantined' ? ['forceRelease'] : [];
  }
  const movable = lock.waiters.length > 1;
  return [
    hold === undefined ? 'hold' : 'unhold',
    ...(movable ? (['move'] as const) : []),
    'withdraw',
    ...(forced === undefined ? (['forceGrant'] as const) : []),
  ];
}
