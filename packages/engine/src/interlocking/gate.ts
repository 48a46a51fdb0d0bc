import type { RunId } from '@signalbox/model';
import { barriersAt, passedRuns, type Waiter } from './barriers.ts';
import { groupOf } from './behavior.ts';
import type { Decision, Gate } from './decision.ts';
import { LATEST, runPlaceOf } from './order.ts';
import type { BundleRow, LockRow } from './rows.ts';

/** How many of those who wait at a gate are looked at first; mostly nobody gets through. */
const FIRST_BARRED = 8;

/** Whether a waiter has come to its turn; whom it passed to do so (LOCK-63). */
export interface Standing {
  readonly barred: boolean;
  /** For the row and the journal: `passes`, when there is anybody to name. */
  readonly passes: { readonly passes?: readonly RunId[] };
}

/** Whether something keeps the waiter from its turn at any of its locks. Undefined when rows are lacking. */
export function standingOf(d: Decision, waiter: Waiter, locks: readonly LockRow[]): Standing | undefined {
  const barriers = locks.flatMap((lock) => [...barriersAt(d.read, waiter, lock, d.now)]);
  const passes = passedRuns(d.read, waiter, locks);
  if (d.read.lacks) return undefined;
  return { barred: barriers.length > 0, passes: passes.length > 0 ? { passes } : {} };
}

/** Whether anybody need look at it when superseding: what a turn is for. */
export function takesTurns(
  bundle: Pick<BundleRow, 'behavior' | 'requester' | 'forced'>,
  locks: readonly LockRow[],
): boolean {
  return locks.some((lock) => groupOf(bundle, lock) !== undefined);
}

/** The lock rows of a bundle; undefined when one is lacking. */
export function locksOf(d: Decision, bundle: Pick<BundleRow, 'requests'>): readonly LockRow[] | undefined {
  const locks = bundle.requests.map(({ lock }) => d.read.lock(lock));
  return locks.every((lock) => lock !== undefined) ? locks : undefined;
}

/** Lets everybody through whom no older run bars any more; each of them may open further gates. */
export function openGates(d: Decision): void {
  while (d.gates.size > 0) {
    const gates = [...d.gates.values()];
    d.gates.clear();
    for (const gate of gates) openGate(d, gate);
    if (d.read.lacks) return;
  }
}

function openGate(d: Decision, { lock, definition, stage }: Gate): void {
  const expected = d.read.firstExpected(lock.resource, definition, stage);
  if (expected === undefined) return;
  // With lanes a younger run may come through where an older one does not.
  const lanes = (d.read.lock(lock.id)?.policy.lanes.length ?? 0) > 0;
  const below = expected === null || lanes ? LATEST : runPlaceOf(expected);
  for (let wanted = FIRST_BARRED; ; wanted *= 2) {
    const barred = d.read.barred(lock.id, { definition, stage }, below, wanted) ?? [];
    if (!letThroughAll(d, barred, { beyond: lanes }) || barred.length < wanted) return;
  }
}

/** Lets waiters through until one is still barred, `beyond` it as well; false when that ends the matter. */
function letThroughAll(
  d: Decision,
  barred: readonly BundleRow[],
  { beyond }: { readonly beyond: boolean },
): boolean {
  for (const bundle of barred) {
    const through = letThrough(d, bundle);
    if (through === undefined || (!through && !beyond)) return false;
  }
  return true;
}

/** Makes the bundle eligible if nothing bars it any more; undefined when rows are lacking. */
function letThrough(d: Decision, bundle: BundleRow): boolean | undefined {
  const locks = locksOf(d, bundle);
  const standing = locks && standingOf(d, bundle, locks);
  if (locks === undefined || standing === undefined) return undefined;
  if (!standing.barred) makeEligible(d, bundle, { locks, standing });
  return !standing.barred;
}

function makeEligible(
  d: Decision,
  bundle: BundleRow,
  { locks, standing }: { readonly locks: readonly LockRow[]; readonly standing: Standing },
): void {
  const turn = takesTurns(bundle, locks) ? d.header.lastTurn + 1 : bundle.turn;
  d.record({ type: 'BundleEligible', bundle: bundle.id, turn, ...standing.passes });
  arrive(d, bundle, locks);
}

/** A bundle has come into the queue: it may be granted, it may supersede, and it bars nobody any more. */
export function arrive(d: Decision, bundle: BundleRow, locks: readonly LockRow[]): void {
  d.arrivals.add(bundle.id);
  d.touch(bundle, { supersede: true });
  for (const lock of locks) d.openGate(lock, bundle.requester);
}
