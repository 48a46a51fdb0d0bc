import type { BundleId, LockId } from '@signalbox/model';
import type { InterlockingEvent } from './events.ts';
import { NEW_HEADER, evolveInterlocking, type InterlockingRows } from './evolve.ts';
import { deployedKey, expectedKey } from './keys.ts';
import type { BundleRow, DeployedRow, ExpectedRow, HeaderRow, LockRow } from './rows.ts';

/** All rows of an interlocking, in memory. */
export class WholeInterlocking implements InterlockingRows {
  header: HeaderRow = NEW_HEADER;
  readonly locks: Map<LockId, LockRow> = new Map();
  readonly bundles: Map<BundleId, BundleRow> = new Map();
  /** By `expectedKey`. */
  readonly expected: Map<string, ExpectedRow> = new Map();

  /** By `deployedKey`. */
  readonly deployed: Map<string, DeployedRow> = new Map();

  getHeader(): HeaderRow {
    return this.header;
  }

  getLock(id: LockId): LockRow | undefined {
    return this.locks.get(id);
  }

  getBundle(id: BundleId): BundleRow | undefined {
    return this.bundles.get(id);
  }

  setHeader(row: HeaderRow): void {
    this.header = row;
  }

  setLock(row: LockRow): void {
    this.locks.set(row.id, row);
  }

  setBundle(row: BundleRow): void {
    this.bundles.set(row.id, row);
  }

  setDeployed(row: DeployedRow): void {
    this.deployed.set(deployedKey(row), row);
  }

  addExpected(row: ExpectedRow): void {
    this.expected.set(expectedKey(row), row);
  }

  deleteExpected(row: ExpectedRow): void {
    this.expected.delete(expectedKey(row));
  }
}

/** Rebuilds every row from the journal: equal to the stored rows at all times (audit, tests). */
export function foldInterlocking(journal: Iterable<InterlockingEvent>): WholeInterlocking {
  const rows = new WholeInterlocking();
  for (const event of journal) evolveInterlocking(rows, event);
  return rows;
}
