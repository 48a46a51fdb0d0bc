import { absence } from '../keys.ts';
import type { InterlockingAnswer, InterlockingNeed } from '../needs.ts';
import { comparePlaces, placeOf, runPlaceOf } from '../order.ts';
import type { BundleRow } from '../rows.ts';
import type { ExpectedIndex } from './expected-index.ts';
import type { LockIndex } from './lock-index.ts';
import type { Slice } from './slice.ts';

type Of<T extends InterlockingNeed['need']> = Extract<InterlockingNeed, { readonly need: T }>;

/** Puts an answer of the store into the slice: its rows, and what it proves to be known. */
export function supplySlice(slice: Slice, answer: InterlockingAnswer): void {
  for (const lock of answer.locks ?? []) slice.loadLock(lock);
  for (const bundle of answer.bundles ?? []) slice.loadBundle(bundle);
  for (const row of answer.expected ?? []) slice.loadExpected(row);
  for (const row of answer.deployed ?? []) slice.loadDeployed(row);
  noteKnown(slice, answer);
}

function noteKnown(slice: Slice, answer: InterlockingAnswer): void {
  const { of } = answer;
  if (of.need === 'header') slice.loadHeader(answer.header);
  else if (of.need === 'deployed') slice.absent.add(absence.deployed(of.lock, of.definition));
  else if ('lock' in of) noteOfLock(slice.index(of.lock), of, answer.bundles ?? []);
  else if ('resource' in of && of.need !== 'lockOf') noteExpected(slice.expected, of, answer);
  else if (of.need === 'expectedOf') slice.expected.knowRun(of.run);
  else if (of.need === 'openOf') slice.knowRun(of.run);
  else noteAbsent(slice, of);
}

function noteExpected(
  index: ExpectedIndex,
  of: Of<'expected' | 'lapsed' | 'awaitedAt'>,
  { expected = [] }: InterlockingAnswer,
): void {
  if (of.need === 'awaitedAt') return index.knowAwaited(of.resource);
  const { known, lapsedKnown } = index.expectation(of.resource, of.definition, of.stage);
  if (of.need === 'lapsed') return lapsedKnown.extend(of.before);
  const places = expected.map(runPlaceOf).toSorted(comparePlaces);
  known.answered(of.after, of.count, places);
}

/** The row is in the slice now, or does not exist: the note counts only where no row is found. */
function noteAbsent(slice: Slice, of: Of<'lockOf' | 'lock' | 'bundle' | 'bundleOf'>): void {
  if (of.need === 'lockOf') slice.absent.add(absence.lockOf(of.resource));
  else if (of.need === 'lock') slice.absent.add(absence.lock(of.id));
  else if (of.need === 'bundle') slice.absent.add(absence.bundle(of.id));
  else if (of.need === 'bundleOf') slice.absent.add(absence.bundleOf(of.run, of.stage, of.attempt));
}

function noteOfLock(
  index: LockIndex,
  of: Of<'holders' | 'front' | 'turned' | 'group' | 'awaiting' | 'barred' | 'waiting'>,
  bundles: readonly BundleRow[],
): void {
  switch (of.need) {
    case 'holders':
      index.holdersKnown = true;
      return;
    case 'front':
      return index.queueKnown.answered(of.after, of.count, bundles.map(placeOf).toSorted(comparePlaces));
    case 'turned':
      index.turnsKnownAbove = Math.min(index.turnsKnownAbove, of.after);
      return;
    case 'group':
      return index.knowGroup(of.definition, of.branch);
    case 'awaiting':
      return index.knowAwaiting(of.definition, of.branch);
    case 'barred':
      return index
        .barredKnown(of.definition, of.stage)
        .answered(
          of.after,
          of.count,
          bundles.map(({ requester }) => runPlaceOf(requester)).toSorted(comparePlaces),
        );
    case 'waiting':
      return index.knowWaiters();
  }
}
