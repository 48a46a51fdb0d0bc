import { groupOf } from './behavior.ts';
import type { Decision, Gate } from './decision.ts';
import { LATEST, comparePlaces, runPlaceOf } from './order.ts';
import type { BundleRow, LockRow, Requester } from './rows.ts';

/**
 * Whether an older run of the pipeline keeps the requester from its turn: one that is still expected with
 * this stage, or one that has asked and is barred itself (LAW-7). Undefined when rows are lacking.
 */
export function isBarred(d: Decision, requester: Requester, locks: readonly LockRow[]): boolean | undefined {
  const own = runPlaceOf(requester);
  const { definition, stage } = requester;
  let barred = false;
  for (const lock of locks) {
    if (lock.policy.orderBy !== 'runQueueTime') continue;
    const expected = d.read.firstExpected(lock.resource, definition, stage);
    const waiting = d.read.barred(lock.id, definition, stage, own);
    if (expected && comparePlaces(runPlaceOf(expected), own) < 0) barred = true;
    if (waiting !== undefined && waiting.length > 0) barred = true;
  }
  return d.read.lacks ? undefined : barred;
}

/** Whether anybody need look at it when superseding: what a turn is for. */
export function takesTurns(
  bundle: Pick<BundleRow, 'behavior' | 'requester'>,
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
  const below = expected === null ? LATEST : runPlaceOf(expected);
  for (const bundle of d.read.barred(lock.id, definition, stage, below) ?? []) {
    const locks = locksOf(d, bundle);
    if (locks === undefined || isBarred(d, bundle.requester, locks) !== false) return;
    makeEligible(d, bundle, locks);
  }
}

function makeEligible(d: Decision, bundle: BundleRow, locks: readonly LockRow[]): void {
  const turn = takesTurns(bundle, locks) ? d.header.lastTurn + 1 : bundle.turn;
  d.record({ type: 'BundleEligible', bundle: bundle.id, turn });
  arrive(d, bundle, locks);
}

/** A bundle has come into the queue: it may be granted, it may supersede, and it bars nobody any more. */
export function arrive(d: Decision, bundle: BundleRow, locks: readonly LockRow[]): void {
  d.arrivals.add(bundle.id);
  d.touch(bundle, { supersede: true });
  for (const lock of locks) d.openGate(lock, bundle.requester);
}
