import type { BundleId, LockId, RunId } from '@signalbox/model';
import { NEW_HEADER, type InterlockingRows } from '../evolve.ts';
import type { WholeInterlocking } from '../fold.ts';
import { attemptKey, deployedKey, expectedKey, resourceKey } from '../keys.ts';
import type { BundleRow, DeployedRow, ExpectedRow, HeaderRow, InterlockingChange, LockRow } from '../rows.ts';
import { ExpectedIndex } from './expected-index.ts';
import { isOpen } from '../waiting.ts';
import { LockIndex, getOrAdd } from './lock-index.ts';

/**
 * The rows of an interlocking that are in memory, with their indexes. A change is undone by `rollback`
 * until `commit`; what the store answers never overwrites what a decision of this batch has changed.
 */
export class Slice implements InterlockingRows {
  #header: HeaderRow | undefined;
  readonly #locks: Map<LockId, LockRow> = new Map();
  readonly #lockOf: Map<string, LockId> = new Map();
  readonly #bundles: Map<BundleId, BundleRow> = new Map();
  readonly #bundleOf: Map<string, BundleId> = new Map();
  readonly #ofRun: Map<RunId, Map<BundleId, BundleRow>> = new Map();
  readonly #runsKnown: Set<RunId> = new Set();
  readonly #indexes: Map<LockId, LockIndex> = new Map();
  readonly #deployed: Map<string, DeployedRow> = new Map();
  readonly expected: ExpectedIndex = new ExpectedIndex();
  /** Keys of rows of which the store said that they do not exist; see `absence`. */
  readonly absent: Set<string> = new Set();
  #whole = false;
  #undo: (() => void)[] = [];
  readonly #changed: Changed = {
    header: new Set(),
    locks: new Set(),
    bundles: new Set(),
    deployed: new Set(),
    expected: new Map(),
  };

  /** Every row of the interlocking is in the slice. */
  get whole(): boolean {
    return this.#whole;
  }

  knowEverything(rows: WholeInterlocking): void {
    this.#whole = true;
    this.#header = rows.header;
    this.expected.knowEverything();
    for (const lock of rows.locks.values()) this.loadLock(lock);
    for (const bundle of rows.bundles.values()) this.loadBundle(bundle);
    for (const row of rows.expected.values()) this.loadExpected(row);
    for (const row of rows.deployed.values()) this.loadDeployed(row);
  }

  get headerKnown(): boolean {
    return this.#header !== undefined;
  }

  getHeader(): HeaderRow {
    return this.#header ?? NEW_HEADER;
  }

  getLock(id: LockId): LockRow | undefined {
    return this.#locks.get(id);
  }

  getLockOf(resource: LockRow['resource']): LockRow | undefined {
    const id = this.#lockOf.get(resourceKey(resource));
    return id === undefined ? undefined : this.#locks.get(id);
  }

  getBundle(id: BundleId): BundleRow | undefined {
    return this.#bundles.get(id);
  }

  getBundleOf(run: number, stage: string, attempt: number): BundleRow | undefined {
    const id = this.#bundleOf.get(attemptKey(run, stage, attempt));
    return id === undefined ? undefined : this.#bundles.get(id);
  }

  /** Every bundle of a run that is not over, in the order of their numbers; undefined when not known. */
  openOf(run: RunId): readonly BundleRow[] | undefined {
    if (!this.#whole && !this.#runsKnown.has(run)) return undefined;
    const bundles = [...(this.#ofRun.get(run)?.values() ?? [])];
    return bundles.filter((one) => isOpen(one) || one.status === 'inUse').toSorted((a, b) => a.id - b.id);
  }

  knowRun(run: RunId): void {
    this.#runsKnown.add(run);
  }

  getDeployed(lock: LockId, definition: number): DeployedRow | undefined {
    return this.#deployed.get(deployedKey({ lock, definition }));
  }

  index(lock: LockId): LockIndex {
    return getOrAdd(this.#indexes, lock, () => {
      const index = new LockIndex();
      if (this.#whole) index.knowEverything();
      return index;
    });
  }

  loadHeader(row: HeaderRow | undefined): void {
    this.#header ??= row ?? NEW_HEADER;
  }

  loadLock(row: LockRow): void {
    if (!this.#locks.has(row.id)) this.#putLock(row.id, row);
  }

  loadBundle(row: BundleRow): void {
    if (!this.#bundles.has(row.id)) this.#putBundle(row.id, row);
  }

  loadExpected(row: ExpectedRow): void {
    if (!this.expected.has(row)) this.expected.set(row, row);
  }

  loadDeployed(row: DeployedRow): void {
    const key = deployedKey(row);
    if (!this.#deployed.has(key)) this.#deployed.set(key, row);
  }

  setHeader(row: HeaderRow): void {
    const before = this.#header;
    this.#undo.push(() => (this.#header = before), mark(this.#changed.header, 'header'));
    this.#header = row;
  }

  setLock(row: LockRow): void {
    const before = this.#locks.get(row.id);
    this.#undo.push(() => this.#putLock(row.id, before), mark(this.#changed.locks, row.id));
    this.#putLock(row.id, row);
  }

  setBundle(row: BundleRow): void {
    const before = this.#bundles.get(row.id);
    this.#undo.push(() => this.#putBundle(row.id, before), mark(this.#changed.bundles, row.id));
    this.#putBundle(row.id, row);
  }

  setDeployed(row: DeployedRow): void {
    const key = deployedKey(row);
    const before = this.#deployed.get(key);
    this.#undo.push(
      () => (before === undefined ? this.#deployed.delete(key) : this.#deployed.set(key, before)),
      mark(this.#changed.deployed, key),
    );
    this.#deployed.set(key, row);
  }

  addExpected(row: ExpectedRow): void {
    this.#setExpected(row, row);
  }

  deleteExpected(row: ExpectedRow): void {
    this.#setExpected(row, undefined);
  }

  /** What was changed since the last commit can no longer be undone. */
  commit(): void {
    this.#undo = [];
  }

  /** Undoes every change since the last commit; what was loaded stays. */
  rollback(): void {
    for (const step of this.#undo.toReversed()) step();
    this.#undo = [];
  }

  /** Every row that was ever changed, as it is now: header, locks, bundles, expected rows, each by its key. */
  changes(): readonly InterlockingChange[] {
    const { header, locks, bundles, deployed, expected } = this.#changed;
    const ascending = (a: number, b: number): number => a - b;
    return [
      ...[...header].map(() => ({ table: 'header' as const, row: this.getHeader() })),
      ...[...locks]
        .toSorted(ascending)
        .flatMap((id) => asList(this.#locks.get(id)))
        .map((row) => ({ table: 'lock' as const, row })),
      ...[...bundles]
        .toSorted(ascending)
        .flatMap((id) => asList(this.#bundles.get(id)))
        .map((row) => ({ table: 'bundle' as const, row })),
      ...[...deployed]
        .toSorted()
        .flatMap((key) => asList(this.#deployed.get(key)))
        .map((row) => ({ table: 'deployed' as const, row })),
      ...[...expected]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([, key]) => ({ table: 'expected' as const, key, row: this.expected.get(key) })),
    ];
  }

  #setExpected(key: ExpectedRow, row: ExpectedRow | undefined): void {
    const known = this.expected.has(key);
    const before = this.expected.get(key);
    const name = expectedKey(key);
    const marked = this.#changed.expected.has(name);
    this.#undo.push(() => {
      if (known) this.expected.set(key, before);
      else this.expected.forget(key);
      if (!marked) this.#changed.expected.delete(name);
    });
    this.#changed.expected.set(name, key);
    this.expected.set(key, row);
  }

  #putLock(id: LockId, row: LockRow | undefined): void {
    const before = this.#locks.get(id);
    if (before !== undefined) this.#lockOf.delete(resourceKey(before.resource));
    if (row === undefined) this.#locks.delete(id);
    else {
      this.#locks.set(id, row);
      this.#lockOf.set(resourceKey(row.resource), id);
    }
  }

  #putBundle(id: BundleId, row: BundleRow | undefined): void {
    const before = this.#bundles.get(id);
    if (before !== undefined) {
      this.#bundles.delete(id);
      this.#bundleOf.delete(attemptOf(before));
      this.#ofRun.get(before.requester.run)?.delete(id);
      for (const { lock } of placesOf(before)) this.index(lock).delete(before);
    }
    if (row !== undefined) {
      this.#bundles.set(id, row);
      this.#bundleOf.set(attemptOf(row), id);
      getOrAdd(this.#ofRun, row.requester.run, () => new Map<BundleId, BundleRow>()).set(id, row);
      for (const { lock } of placesOf(row)) this.index(lock).add(row);
    }
  }
}

interface Changed {
  readonly header: Set<'header'>;
  readonly locks: Set<LockId>;
  readonly bundles: Set<BundleId>;
  readonly deployed: Set<string>;
  readonly expected: Map<string, ExpectedRow>;
}

/** Adds a key; what it answers takes it out again, if it was not there before. */
function mark<T>(set: Set<T>, key: T): () => void {
  if (set.has(key)) return () => {};
  set.add(key);
  return () => set.delete(key);
}

/** Its places at locks; whoever passes through a span has none. */
function placesOf({ requests, inside }: BundleRow): BundleRow['requests'] {
  return inside === undefined ? requests : [];
}

function attemptOf({ requester }: BundleRow): string {
  return attemptKey(requester.run, requester.stage, requester.attempt);
}

function asList<T>(item: T | undefined): readonly T[] {
  return item === undefined ? [] : [item];
}
