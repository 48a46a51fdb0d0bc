import type { Asked, Lock, State } from './state.ts';

/** A run as those know it who order by age. */
export type Aged = { readonly runQueueTime: number; readonly run: number; readonly branch: string };

/** Those whose turn may come, as they stand. */
export function queueOf(s: State): readonly Asked[] {
  return s
    .waiting()
    .filter(({ eligible }) => eligible)
    .map((bundle) => ({ bundle, order: orderOf(bundle) }))
    .toSorted((a, b) => a.order - b.order || a.bundle.id - b.bundle.id)
    .map(({ bundle }) => bundle);
}

/** `orderBy` and lanes: where a bundle stands, the same at all its locks. */
export function orderOf(bundle: Asked): number {
  if (bundle.place !== undefined) return bundle.place;
  const byRunTime = bundle.locks.some(({ policy }) => policy.orderBy === 'runQueueTime');
  const time = byRunTime ? bundle.runQueueTime : bundle.since;
  return time - Math.min(...bundle.locks.map((lock) => headStart(lock, bundle.branch)));
}

/** How much earlier than it came a run counts. */
function headStart({ policy }: Lock, branch: string): number {
  const lane = policy.lanes.find(({ branches }) =>
    branches.some(
      (pattern) => branch === pattern || (pattern.endsWith('*') && branch.startsWith(pattern.slice(0, -1))),
    ),
  );
  return (lane?.headStartMinutes ?? 0) * 60_000;
}

/** With its head start the younger one comes before the older one. */
export function passes(lock: Lock, younger: Aged, older: Aged): boolean {
  return (
    younger.runQueueTime - headStart(lock, younger.branch) <
    older.runQueueTime - headStart(lock, older.branch)
  );
}

/** By run queue time, ties by run. */
export function isOlder(a: Aged, b: Aged): boolean {
  return a.runQueueTime < b.runQueueTime || (a.runQueueTime === b.runQueueTime && a.run < b.run);
}

/** The oldest run first. */
export function byRun(a: Asked, b: Asked): number {
  return a.runQueueTime - b.runQueueTime || a.run - b.run || a.id - b.id;
}
