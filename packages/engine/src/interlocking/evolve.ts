import {
  completePolicy,
  type BundleId,
  type Instant,
  type LockId,
  type LockRequestStatus,
} from '@signalbox/model';
import type { InterlockingEvent } from './events.ts';
import { FIRST } from './order.ts';
import type {
  BundleRow,
  DeployedRow,
  ExpectedRow,
  HeaderRow,
  LockRow,
  OperatorMark,
  SpanRow,
} from './rows.ts';

/** The rows of an interlocking as `evolve` sees them. */
export interface InterlockingRows {
  getHeader(): HeaderRow;
  getLock(id: LockId): LockRow | undefined;
  getBundle(id: BundleId): BundleRow | undefined;
  setHeader(row: HeaderRow): void;
  setLock(row: LockRow): void;
  setBundle(row: BundleRow): void;
  setDeployed(row: DeployedRow): void;
  addExpected(row: ExpectedRow): void;
  deleteExpected(row: ExpectedRow): void;
}

/** The header of an interlocking in which nothing has happened yet. */
export const NEW_HEADER: HeaderRow = { lastLock: 0, lastBundle: 0, lastRequest: 0, lastTurn: 0 };

type Of<T extends InterlockingEvent['type']> = Extract<InterlockingEvent, { type: T }>;

/** Changes the rows as the event says; nothing else ever changes them, so the journal folds to the rows. */
export function evolveInterlocking(rows: InterlockingRows, event: InterlockingEvent): void {
  const evolve = EVOLVE[event.type] as (rows: InterlockingRows, event: InterlockingEvent) => void;
  evolve(rows, event);
}

const EVOLVE: { readonly [T in InterlockingEvent['type']]: (rows: InterlockingRows, event: Of<T>) => void } =
  {
    LockConfigured: configured,
    RunExpected: (rows, event) => event.rows.forEach((row) => rows.addExpected(row)),
    ExpectationDropped: (rows, event) => event.rows.forEach((row) => rows.deleteExpected(row)),
    ExpectationChanged: (rows, event) => event.rows.forEach((row) => rows.addExpected(row)),
    BundleExpected: queued,
    BundleQueued: queued,
    BundleApproved: approved,
    BundleChecked: (rows, { bundle, checks, status, eligible, turn, passes }) =>
      replace(rows, bundle, {
        checks,
        status,
        eligible,
        turn,
        ...(status === 'waitingOnChecks' && { wasLapsed: true }),
        ...(passes !== undefined && { passes }),
      }),
    BundleEligible: (rows, { bundle, turn, passes }) =>
      replace(rows, bundle, { eligible: true, turn, ...(passes !== undefined && { passes }) }),
    BundleGranted: granted,
    BundleSuperseded: (rows, { bundle, at, by, byRun: run, lock }) =>
      change(rows, bundle, { ...ended('canceled', at), supersededBy: { run, bundle: by, lock } }),
    BundleTimedOut: (rows, { bundle, at }) => change(rows, bundle, ended('timedOut', at)),
    CommitsAsked: (rows, { bundle, bases, at }) => {
      const before = rows.getBundle(bundle)?.compared ?? [];
      change(rows, bundle, { compared: [...before, ...bases.map((base) => ({ base, askedAt: at }))] });
    },
    CommitsCompared: (rows, { bundle, base, relation }) => {
      const compared = rows.getBundle(bundle)?.compared ?? [];
      change(rows, bundle, {
        compared: compared.map((one) => (one.base === base ? { ...one, relation } : one)),
      });
    },
    BundleRejected: (rows, { bundle, stale, at }) =>
      change(rows, bundle, { ...ended('canceled', at), stale }),
    BundleFinished: finished,
    SpanJoined: (rows, { bundle, span, locks, at: since }) => {
      // It takes no span of its own any more: there is one for the run (LAW-9).
      const { span: _span, ...row } = rows.getBundle(bundle) ?? {};
      if ('id' in row) rows.setBundle({ ...row, status: 'queued', inside: { span, locks, since } });
    },
    SpanEntered: (rows, { bundle, at }) => change(rows, bundle, { status: 'inUse', assignTime: at }),
    SpanLeft: leftSpan,
    SpanOver: (rows, { bundle }) => changeSpan(rows, bundle, { over: true }),
    BundleCanceled: (rows, { bundle, at }) => change(rows, bundle, ended('canceled', at)),
    HolderChanged: holderChanged,
    BundleKept: (rows, { bundle, at, end }) =>
      change(rows, bundle, {
        holder: { state: 'failed', since: at, end: end === 'abandoned' ? 'abandoned' : 'finished' },
      }),
    BundleAcknowledged: (rows, { bundle, at }) =>
      change(rows, bundle, ended(rows.getBundle(bundle)?.holder?.end ?? 'finished', at)),
    BundleAbandoned: (rows, { bundle, at }) => change(rows, bundle, ended('abandoned', at)),
    HoldLimitReached: (rows, { bundle, lock }) =>
      change(rows, bundle, { overdue: [...(rows.getBundle(bundle)?.overdue ?? []), lock] }),
    LeaseRenewed: (rows, { bundle, until }) => {
      const lease = rows.getBundle(bundle)?.lease;
      if (lease !== undefined) change(rows, bundle, { lease: { ...lease, until } });
    },
    CallerMoved: (rows, { bundle, channel }) => {
      const { told: _told, ...row } = rows.getBundle(bundle) ?? {};
      if (!('id' in row) || row.requester.caller === undefined) return;
      const caller = { ...row.requester.caller, channel };
      rows.setBundle({ ...row, requester: { ...row.requester, caller } });
    },
    CallerTold: (rows, { bundle, at, news, ok, message }) =>
      change(rows, bundle, { told: { news, at, ok, message } }),
    BundleHeld: (rows, { bundle, ...mark }) =>
      change(rows, bundle, { eligible: false, wasHeld: true, hold: markOf(mark) }),
    BundleUnheld: (rows, { bundle, turn, eligible, passes }) => {
      const { hold: _hold, ...row } = rows.getBundle(bundle) ?? {};
      if ('id' in row) rows.setBundle(row);
      replace(rows, bundle, { eligible, turn, ...(passes !== undefined && { passes }) });
    },
    BundleMoved: (rows, { bundle, order, ...mark }) => change(rows, bundle, { order, moved: markOf(mark) }),
    BundleForced: (rows, { bundle, ...mark }) => {
      const { hold: _hold, ...row } = rows.getBundle(bundle) ?? {};
      if ('id' in row)
        rows.setBundle({ ...row, status: 'queued', eligible: true, order: FIRST, forced: markOf(mark) });
    },
    BundleWithdrawn: (rows, { bundle, ...mark }) =>
      change(rows, bundle, { ...ended('canceled', mark.at), withdrawn: markOf(mark) }),
    LockDeleted: (rows, { lock, at, by }) => {
      const row = rows.getLock(lock);
      if (row !== undefined) rows.setLock({ ...row, deleted: { at, by } });
    },
    LockFrozen: (rows, { lock, freeze }) => {
      const row = rows.getLock(lock);
      if (row !== undefined) rows.setLock({ ...row, freeze });
    },
    LockUnfrozen: (rows, { lock }) => {
      const { freeze: _freeze, ...row } = rows.getLock(lock) ?? {};
      if ('id' in row) rows.setLock(row);
    },
    BundleRekeyed: (rows, { bundle, order, expiresAt, eligible, turn, passes }) =>
      replace(rows, bundle, { order, expiresAt, eligible, turn, ...(passes !== undefined && { passes }) }),
  };

/** The stage with which a span began leaves its bundle to the others; everybody else's ends. */
function leftSpan(rows: InterlockingRows, event: Of<'SpanLeft'>): void {
  const { bundle, span, end, at } = event;
  if (event.deployed !== undefined) deployedInside(rows, event);
  const status = end === 'failed' ? 'finished' : end;
  if (bundle !== span) change(rows, bundle, ended(status, at));
  const worst = worstOf(rows.getBundle(span)?.span?.worst, end);
  if (worst !== undefined) changeSpan(rows, span, { worst });
  if (bundle === span) leftToOthers(rows, span);
}

function leftToOthers(rows: InterlockingRows, id: BundleId): void {
  const { holder: _holder, ...row } = rows.getBundle(id) ?? {};
  if ('id' in row && row.span !== undefined) rows.setBundle({ ...row, span: { ...row.span, left: true } });
}

/** Of a span only the locks that the stage itself uses have its commit now. */
function deployedInside(rows: InterlockingRows, { bundle, at }: Of<'SpanLeft'>): void {
  const { inside, span } = rows.getBundle(bundle) ?? {};
  noteDeployed(rows, bundle, { at, locks: inside?.locks ?? span?.own ?? [] });
}

/** A lost agent is worse than a failure. */
function worstOf(before: SpanRow['worst'], end: Of<'SpanLeft'>['end']): SpanRow['worst'] {
  if (end !== 'failed' && end !== 'abandoned') return before;
  return before === 'abandoned' ? before : end;
}

function changeSpan(rows: InterlockingRows, id: BundleId, part: Partial<SpanRow>): void {
  const span = rows.getBundle(id)?.span;
  if (span !== undefined) change(rows, id, { span: { ...span, ...part } });
}

function markOf({ at, by, reason }: OperatorMark): OperatorMark {
  return { at, by, reason };
}

function ended(status: LockRequestStatus, at: Instant): Partial<BundleRow> {
  return { status, finishTime: at };
}

function change(rows: InterlockingRows, id: BundleId, part: Partial<BundleRow>): void {
  const row = rows.getBundle(id);
  if (row !== undefined) rows.setBundle({ ...row, ...part });
}

/** As `change`, for those that may have come to their turn. */
function replace(
  rows: InterlockingRows,
  id: BundleId,
  part: Partial<BundleRow> & { readonly turn: number },
): void {
  takeTurn(rows, part.turn);
  change(rows, id, part);
}

function takeTurn(rows: InterlockingRows, turn: number): void {
  const header = rows.getHeader();
  if (turn > header.lastTurn) rows.setHeader({ ...header, lastTurn: turn });
}

function configured(rows: InterlockingRows, event: Of<'LockConfigured'>): void {
  const { lock: id, resource, name, enabled } = event;
  const policy = completePolicy(event.policy);
  const header = rows.getHeader();
  if (id > header.lastLock) rows.setHeader({ ...header, lastLock: id });
  const { deleted: _deleted, ...before } = rows.getLock(id) ?? { lastToken: 0, supersededThrough: 0 };
  rows.setLock({ ...before, id, resource, name, policy, enabled });
}

function queued(rows: InterlockingRows, event: Of<'BundleQueued' | 'BundleExpected'>): void {
  const header = rows.getHeader();
  const lastBundle = Math.max(header.lastBundle, event.bundle.id);
  rows.setHeader({ ...header, lastBundle, lastRequest: event.lastRequest });
  takeTurn(rows, event.bundle.turn);
  rows.setBundle(event.bundle);
}

/** A holder that waited for its approval is at work now. */
function approved(rows: InterlockingRows, { bundle, at }: Of<'BundleApproved'>): void {
  const { awaitsApproval: _awaits, holder, ...row } = rows.getBundle(bundle) ?? {};
  if (!('id' in row)) return;
  const stays = holder !== undefined && holder.state !== 'awaitingApproval';
  rows.setBundle({ ...row, approvedAt: at, ...(stays && { holder }) });
}

function holderChanged(rows: InterlockingRows, event: Of<'HolderChanged'>): void {
  const { type: _type, bundle, at, state, ...more } = event;
  const { holder: before, ...row } = rows.getBundle(bundle) ?? {};
  if (!('id' in row)) return;
  const since = before?.state === state ? before.since : at;
  rows.setBundle(state === 'working' ? row : { ...row, holder: { state, since, ...more } });
}

function finished(rows: InterlockingRows, { bundle: id, at, deployed }: Of<'BundleFinished'>): void {
  change(rows, id, ended('finished', at));
  const locks = rows.getBundle(id)?.requests.map(({ lock }) => lock) ?? [];
  if (deployed !== undefined) noteDeployed(rows, id, { at, locks });
}

/** A stage that succeeded leaves its commit behind at its locks (LOCK-67). */
function noteDeployed(
  rows: InterlockingRows,
  id: BundleId,
  { at, locks }: { readonly at: Instant; readonly locks: readonly LockId[] },
): void {
  const bundle = rows.getBundle(id);
  if (bundle === undefined) return;
  const { run, definition, stage, attempt, branch, runQueueTime } = bundle.requester;
  for (const lock of locks)
    rows.setDeployed({ lock, definition, bundle: id, run, stage, attempt, branch, runQueueTime, at });
}

function granted(rows: InterlockingRows, event: Of<'BundleGranted'>): void {
  const bundle = rows.getBundle(event.bundle);
  if (bundle === undefined) return;
  const requests = bundle.requests.map((request) => {
    const grant = event.requests.find(({ lock }) => lock === request.lock);
    return grant === undefined ? request : { ...request, token: grant.token, slot: grant.slot };
  });
  const { lease, requester, awaitsApproval } = bundle;
  const { at: assignTime, stale } = event;
  // Who is told of the grant need not have been heard of before: the lease begins now.
  const begun = lease !== undefined &&
    requester.caller?.channel !== undefined && {
      lease: { ...lease, until: event.at + lease.seconds * 1000 },
    };
  const awaits = awaitsApproval && { holder: { state: 'awaitingApproval' as const, since: event.at } };
  const warned = stale !== undefined && { stale };
  const more = { ...begun, ...awaits, ...warned };
  rows.setBundle({ ...bundle, status: 'inUse', assignTime, requests, ...more });
  for (const { lock: id, token, supersededThrough } of event.requests) {
    const lock = rows.getLock(id);
    if (lock !== undefined) rows.setLock({ ...lock, lastToken: token, supersededThrough });
  }
}
