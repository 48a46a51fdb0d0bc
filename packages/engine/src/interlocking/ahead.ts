import type { Blocker } from '@signalbox/model';
import { blockersOf, freeSlots } from './blockers.ts';
import type { Decision } from './decision.ts';
import { locksOf } from './gate.ts';
import { compareBundles, placeOf } from './order.ts';
import type { BundleRow } from './rows.ts';

/** Somebody who stands ahead, and what is in the way; nothing: it may go. */
export interface Ahead {
  readonly other: BundleRow;
  readonly blocker: Blocker | undefined;
}

/** Looks what is in the way of one who stands ahead. */
export function withBlocker(d: Decision, other: BundleRow): Ahead {
  return { other, blocker: firstBlocker(d, other) };
}

/** So many are looked at; beyond, only the order of the tokens of one instant could be another. */
const MAX_LOOKED_AT = 16;

/**
 * Of those ahead, and of those whom they are only behind themselves, one that nothing blocks: its turn comes first
 * (LAW-13).
 */
export function firstToGo(d: Decision, ahead: readonly Ahead[]): BundleRow | undefined {
  const seen = new Set(ahead.map(({ other }) => other.id));
  const left = [...ahead];
  for (let one = left.shift(); one !== undefined; one = left.shift()) {
    if (one.blocker === undefined) return one.other;
    if (one.blocker.kind !== 'behind' || seen.size >= MAX_LOOKED_AT) continue;
    const further = aheadOf(d, one.other).filter(({ id }) => !seen.has(id));
    for (const { id } of further) seen.add(id);
    left.push(...further.map((other) => withBlocker(d, other)));
  }
  return undefined;
}

/** Who stands ahead at any of its locks, in policy order; fewer than there are slots, else it were blocked. */
export function aheadOf(d: Decision, bundle: BundleRow): readonly BundleRow[] {
  const ahead = (locksOf(d, bundle) ?? []).flatMap((lock) => {
    const free = freeSlots(lock, d.read.holders(lock.id) ?? []);
    return d.read.first(lock.id, free, placeOf(bundle)) ?? [];
  });
  return [...new Set(ahead)].toSorted(compareBundles);
}

/** The first thing in its way; nothing: it may be granted. */
export function firstBlocker(d: Decision, bundle: BundleRow): Blocker | undefined {
  const [blocker] = blockersOf(d.read, bundle, d.now);
  return blocker;
}
