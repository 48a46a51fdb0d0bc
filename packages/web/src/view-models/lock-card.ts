import type { FreezeView, LockView } from '@signalbox/api';
import type { LockResourceType } from '@signalbox/model';
import type { Board } from './board.ts';
import { stageOf } from './board.ts';
import type { EndedLine, ExpectedLine, HolderLine, WaiterLine } from './lock-entry.ts';
import { endedLines, expectedLine, holderLine, waiterLine } from './lock-entry.ts';
import { counted, resourceWord } from './names.ts';
import type { PolicyWords } from './policy.ts';
import { policyWords } from './policy.ts';
import type { Moment } from './time.ts';
import { ago, exactly, moment } from './time.ts';

/** The lamps of a lock's signal: stop, caution, clear, or out of use. */
export type Aspect = 'stop' | 'caution' | 'clear' | 'dark';

/** What the signal of a lock shows, as lamp and as words. */
export interface Signal {
  readonly aspect: Aspect;
  readonly label: string;
  readonly detail: string;
}

/** Who froze a lock, since when, until when, and why. */
export interface FreezeLine {
  readonly by: string;
  readonly reason: string;
  readonly since: Moment;
  readonly ends: string;
}

/** A lock as a track: the block with its holders, then the line of those who wait. */
export interface LockCard {
  readonly id: number;
  readonly name: string;
  readonly resource: LockResourceType;
  readonly resourceWord: string;
  readonly policy: PolicyWords;
  readonly signal: Signal;
  /** Said when nobody is let in. */
  readonly freeze?: FreezeLine;
  readonly holders: readonly HolderLine[];
  readonly waiters: readonly WaiterLine[];
  /** Waiters that are not drawn. */
  readonly hidden: number;
  readonly total: number;
  readonly expected: readonly ExpectedLine[];
  readonly ended: readonly EndedLine[];
}

/** At most this many ended requests are recalled. */
const ENDED = 3;

/** How many waiters a lock draws before anybody asks for more. */
export const WAITERS_AT_FIRST = 6;

/** What to show of one lock; `limit` is how many waiters to draw. */
export function lockCard(lock: LockView, on: Board, now: number, limit: number): LockCard {
  const waiters = lock.waiters.slice(0, limit);
  return {
    id: lock.id,
    name: lock.name,
    resource: lock.resourceType,
    resourceWord: resourceWord(lock.resourceType),
    policy: policyWords(lock.policy),
    signal: signal(lock, on),
    ...(lock.freeze !== undefined && { freeze: freezeLine(lock.freeze, now) }),
    holders: lock.holders.map((request) => holderLine(request, on, now)),
    waiters: waiters.map((request) => waiterLine(request, on, now)),
    hidden: lock.waitersTotal - waiters.length,
    total: lock.waitersTotal,
    expected: lock.expected.map((view) => expectedLine(view, on, now)),
    ended: endedLines(lock, on, now).slice(0, ENDED),
  };
}

/** Busy locks first, then by name: what somebody waits for is on top. */
export function inOrderOfInterest(locks: readonly LockView[]): readonly LockView[] {
  const weight = (lock: LockView): number =>
    (lock.waitersTotal > 0 ? 2 : 0) + (lock.holders.length > 0 ? 1 : 0);
  return locks.toSorted(
    (left, right) =>
      weight(right) - weight(left) || left.name.localeCompare(right.name) || left.id - right.id,
  );
}

function signal(lock: LockView, on: Board): Signal {
  if (!lock.enabled) return { aspect: 'dark', label: 'Out of use', detail: 'Stages pass without waiting.' };
  const free = lock.policy.capacity - lock.holders.length;
  const waits = lock.waitersTotal > 0 ? counted(lock.waitersTotal, 'run') + ' in line' : 'nobody in line';
  if (lock.freeze !== undefined) return { aspect: 'stop', label: 'Frozen', detail: waits };
  if (free > 0) return lock.waitersTotal > 0 ? held(waits) : clear(lock, free);
  if (drains(lock, on)) return { aspect: 'caution', label: 'Draining', detail: waits };
  return { aspect: 'stop', label: 'Occupied', detail: waits };
}

function freezeLine(freeze: FreezeView, now: number): FreezeLine {
  const { by, reason, since, until, exempt } = freeze;
  const end = until === undefined ? 'until somebody ends it' : `until ${exactly(until)}`;
  const but = exempt.length === 0 ? '' : `, but not for ${exempt.join(', ')}`;
  return { by, reason, since: moment(ago(since, now), since), ends: `${end}${but}` };
}

function held(waits: string): Signal {
  return { aspect: 'caution', label: 'Held back', detail: `free, but ${waits} cannot go yet` };
}

function clear(lock: LockView, free: number): Signal {
  const { capacity } = lock.policy;
  return {
    aspect: 'clear',
    label: 'Clear',
    detail: capacity === 1 ? 'free' : `${free} of ${capacity} places free`,
  };
}

function drains(lock: LockView, on: Board): boolean {
  return lock.holders.every((request) => {
    return stageOf(on, request.runId, request.nodeName)?.state === 'draining';
  });
}
