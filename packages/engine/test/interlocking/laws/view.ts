import {
  WholeInterlocking,
  evolveInterlocking,
  type BundleRow,
  type InterlockingEvent,
  type InterlockingMessage,
} from '@signalbox/engine';

/** A rule that events must keep: what is broken, a sentence each that begins with the law's name. */
export type Law = (event: InterlockingEvent, view: View) => Iterable<string>;

/** The rows as they are before an event, and by lock who holds and who waits. */
export class View {
  readonly rows: WholeInterlocking = new WholeInterlocking();
  /** Whose outcome the event is; absent when only the journal is known. */
  message: InterlockingMessage | undefined;
  readonly #holders: Map<number, Map<number, BundleRow>> = new Map();
  readonly #waiters: Map<number, Map<number, BundleRow>> = new Map();

  readonly #open: Map<number, Map<number, BundleRow>> = new Map();

  /** Of a run, whoever waits, awaits its approval or holds. */
  openOf = (run: number): readonly BundleRow[] => [...(this.#open.get(run)?.values() ?? [])];

  holders(lock: number): readonly BundleRow[] {
    return [...(this.#holders.get(lock)?.values() ?? [])];
  }

  /** Whoever waits at the lock, eligible or not. */
  waiters(lock: number): readonly BundleRow[] {
    return [...(this.#waiters.get(lock)?.values() ?? [])];
  }

  evolve(event: InterlockingEvent): void {
    evolveInterlocking(this.rows, event);
    const id = bundleOf(event);
    const row = id === undefined ? undefined : this.rows.getBundle(id);
    if (row === undefined) return;
    put(this.#open, row.requester.run, row, row.finishTime === undefined);
    for (const { lock } of row.requests) {
      // Whoever passes through a span has no place at any lock.
      const isHere = row.inside === undefined;
      put(this.#holders, lock, row, isHere && row.status === 'inUse');
      put(this.#waiters, lock, row, isHere && isWaiting(row));
    }
  }
}

function put(
  places: Map<number, Map<number, BundleRow>>,
  lock: number,
  row: BundleRow,
  isThere: boolean,
): void {
  const at = places.get(lock) ?? new Map<number, BundleRow>();
  places.set(lock, at);
  if (isThere) at.set(row.id, row);
  else at.delete(row.id);
}

/** Whether it wants its locks still, with or without its checks. */
export function isWaiting(row: BundleRow | undefined): boolean {
  return row?.status === 'queued' || row?.status === 'waitingOnChecks';
}

/** Of which bundle an event speaks, if it speaks of one. */
export function bundleOf(event: InterlockingEvent): number | undefined {
  if (!('bundle' in event)) return undefined;
  return typeof event.bundle === 'number' ? event.bundle : event.bundle.id;
}

/** Which locks an event may have changed: its own, its bundle's, those of the resources that it names. */
export function locksOf(event: InterlockingEvent, { rows }: View): readonly number[] {
  const id = bundleOf(event);
  if (id !== undefined) return rows.getBundle(id)?.requests.map(({ lock }) => lock) ?? [];
  if ('lock' in event) return [event.lock];
  if (!('rows' in event)) return [];
  const resources = new Set(event.rows.map(({ resource: { type, id: name } }) => `${type}/${name}`));
  return [...rows.locks.values()]
    .filter(({ resource: { type, id: name } }) => resources.has(`${type}/${name}`))
    .map((lock) => lock.id);
}
