import type { LockRequestView } from '@signalbox/api';

/** What operators did to a waiter, in a word each. */
export function requestMarks({ hold, moved, forced }: LockRequestView): readonly string[] {
  return [
    ...(hold === undefined ? [] : [`held back by ${hold.by}`]),
    ...(moved === undefined ? [] : [`moved by ${moved.by}`]),
    ...(forced === undefined ? [] : [`let in next by ${forced.by}`]),
  ];
}
