import type { BundleId, Instant, LockId, LockRequestStatus } from '@signalbox/model';
import type { InterlockingEvent } from './events.ts';
import type { BundleRow, ExpectedRow, HeaderRow, LockRow } from './rows.ts';

/** The rows of an interlocking as `evolve` sees them. */
export interface InterlockingRows {
  getHeader(): HeaderRow;
  getLock(id: LockId): LockRow | undefined;
  getBundle(id: BundleId): BundleRow | undefined;
  setHeader(row: HeaderRow): void;
  setLock(row: LockRow): void;
  setBundle(row: BundleRow): void;
  addExpected(row: ExpectedRow): void;
  deleteExpected(row: ExpectedRow): void;
}

/** The header of an interlocking in which nothing has happened yet. */
export const NEW_HEADER: HeaderRow = { lastLock: 0, lastBundle: 0, lastRequest: 0, lastTurn: 0 };

type Of<T extends InterlockingEvent['type']> = Extract<InterlockingEvent, { type: T }>;

/** Changes the rows as the event says; nothing else ever changes them, so the journal folds to the rows. */
export function evolveInterlocking(rows: InterlockingRows, event: InterlockingEvent): void {
  switch (event.type) {
    case 'LockConfigured':
      return configured(rows, event);
    case 'RunExpected':
      return event.rows.forEach((row) => rows.addExpected(row));
    case 'ExpectationDropped':
      return event.rows.forEach((row) => rows.deleteExpected(row));
    case 'BundleQueued':
      return queued(rows, event);
    case 'BundleEligible':
      takeTurn(rows, event.turn);
      return change(rows, event.bundle, { eligible: true, turn: event.turn });
    case 'BundleGranted':
      return granted(rows, event);
    case 'BundleSuperseded':
      return change(rows, event.bundle, {
        ...ended('canceled', event.at),
        supersededBy: { run: event.byRun, bundle: event.by, lock: event.lock },
      });
    case 'BundleTimedOut':
      return change(rows, event.bundle, ended('timedOut', event.at));
    case 'BundleFinished':
      return change(rows, event.bundle, ended('finished', event.at));
    case 'BundleCanceled':
      return change(rows, event.bundle, ended('canceled', event.at));
    case 'BundleRekeyed': {
      const { order, expiresAt, eligible, turn } = event;
      takeTurn(rows, turn);
      return change(rows, event.bundle, { order, expiresAt, eligible, turn });
    }
  }
}

function ended(status: LockRequestStatus, at: Instant): Partial<BundleRow> {
  return { status, finishTime: at };
}

function change(rows: InterlockingRows, id: BundleId, part: Partial<BundleRow>): void {
  const row = rows.getBundle(id);
  if (row !== undefined) rows.setBundle({ ...row, ...part });
}

function takeTurn(rows: InterlockingRows, turn: number): void {
  const header = rows.getHeader();
  if (turn > header.lastTurn) rows.setHeader({ ...header, lastTurn: turn });
}

function configured(rows: InterlockingRows, event: Of<'LockConfigured'>): void {
  const { lock: id, resource, name, policy, enabled } = event;
  const header = rows.getHeader();
  if (id > header.lastLock) rows.setHeader({ ...header, lastLock: id });
  const { lastToken, supersededThrough } = rows.getLock(id) ?? { lastToken: 0, supersededThrough: 0 };
  rows.setLock({ id, resource, name, policy, enabled, lastToken, supersededThrough });
}

function queued(rows: InterlockingRows, event: Of<'BundleQueued'>): void {
  rows.setHeader({ ...rows.getHeader(), lastBundle: event.bundle.id, lastRequest: event.lastRequest });
  takeTurn(rows, event.bundle.turn);
  rows.setBundle(event.bundle);
}

function granted(rows: InterlockingRows, event: Of<'BundleGranted'>): void {
  const bundle = rows.getBundle(event.bundle);
  if (bundle === undefined) return;
  const requests = bundle.requests.map((request) => {
    const grant = event.requests.find(({ lock }) => lock === request.lock);
    return grant === undefined ? request : { ...request, token: grant.token, slot: grant.slot };
  });
  rows.setBundle({ ...bundle, status: 'inUse', assignTime: event.at, requests });
  for (const { lock: id, token, supersededThrough } of event.requests) {
    const lock = rows.getLock(id);
    if (lock !== undefined) rows.setLock({ ...lock, lastToken: token, supersededThrough });
  }
}
