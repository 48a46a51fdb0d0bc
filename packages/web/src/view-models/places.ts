import type { LockRequestView, LockView, NewPlace } from '@signalbox/api';
import { requestName } from './lock-acts.ts';

/** A place that a waiting request can be given. */
export interface PlaceChoice {
  readonly label: string;
  readonly place: NewPlace;
}

/** The places in the line of a lock that a request can be moved to: first, or behind one of the others. */
export function places(lock: LockView, request: LockRequestView): readonly PlaceChoice[] {
  const others = lock.waiters.filter(({ bundleId }) => bundleId !== request.bundleId);
  const [first] = others;
  if (first === undefined) return [];
  return [
    { label: `First in line, before ${requestName(first)}`, place: { before: first.bundleId } },
    ...others.map((other) => ({ label: `Behind ${requestName(other)}`, place: { after: other.bundleId } })),
  ];
}
