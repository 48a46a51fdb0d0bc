import type { LockRequestView, LockView, NewPlace } from '@signalbox/api';
import { requestName } from './lock-acts.ts';

/** A place that a waiting request can be given. */
export interface PlaceChoice {
  readonly label: string;
  readonly place: NewPlace;
}

/**
 * The places in the line of a lock that a request can be moved to: first, or behind one of the others. One that was
 * chosen already is among them, also where it lies beyond those that the lock comes with.
 */
export function places(lock: LockView, request: LockRequestView, chosen?: NewPlace): readonly PlaceChoice[] {
  const known = placesOf(lock, request);
  if (chosen === undefined || known.some(({ place }) => samePlace(place, chosen))) return known;
  return [{ label: 'Where you put it', place: chosen }, ...known];
}

/** The number of a place among the choices; the first where it is none of them. */
export function placeIn(choices: readonly PlaceChoice[], place: NewPlace | undefined): number {
  const found = place === undefined ? -1 : choices.findIndex((choice) => samePlace(choice.place, place));
  return Math.max(0, found);
}

function samePlace(one: NewPlace, other: NewPlace): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function placesOf(lock: LockView, request: LockRequestView): readonly PlaceChoice[] {
  const others = lock.waiters.filter(({ bundleId }) => bundleId !== request.bundleId);
  const [first] = others;
  if (first === undefined) return [];
  return [
    { label: `First in line, before ${requestName(first)}`, place: { before: first.bundleId } },
    ...others.map((other) => ({ label: `Behind ${requestName(other)}`, place: { after: other.bundleId } })),
  ];
}
