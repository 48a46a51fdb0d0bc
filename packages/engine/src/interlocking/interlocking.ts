import type { Blocker, BundleId, Instant, LockId, ProjectId } from '@signalbox/model';
import type { Handled, WorkingCopy } from '../aggregate.ts';
import { blockersOf } from './blockers.ts';
import { acquireLease } from './acquire.ts';
import { approve } from './approve.ts';
import { callerTold } from './callers.ts';
import { checksChanged, checksDue } from './checks.ts';
import { runsCompared } from './compare.ts';
import { configureLock } from './configure.ts';
import { Decision } from './decision.ts';
import { deleteLock } from './delete.ts';
import { expire } from './end.ts';
import type { InterlockingEvent } from './events.ts';
import { changeExpectation, expectRun, expectationDue, stopExpecting } from './expect.ts';
import { freezeLock, freezeOver, unfreezeLock } from './freeze.ts';
import type { WholeInterlocking } from './fold.ts';
import { acknowledgeFailure, forceRelease, holdDue, holderChanged, release } from './hold.ts';
import { leaseDue, releaseLease, renewLease } from './lease.ts';
import type { InterlockingMessage } from './messages.ts';
import type { InterlockingAnswer, InterlockingNeed } from './needs.ts';
import { forceGrant, holdRequest, moveRequest, unholdRequest, withdrawRequest } from './operate.ts';
import { requestLocks } from './request.ts';
import type { BundleRow, InterlockingChange } from './rows.ts';
import { settle } from './settle.ts';
import { Reader } from './slice/reader.ts';
import { Slice } from './slice/slice.ts';
import { endSpan } from './span/leave.ts';
import { supplySlice } from './slice/supply.ts';
import { withdraw } from './withdraw.ts';

/** What a reading says, or which rows it lacks. */
export type Reading<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'needs'; readonly needs: readonly InterlockingNeed[] };

/** The locks of one project inside one unit of work, and what Explain asks of them (QUEUEING §3). */
export interface Interlocking extends WorkingCopy<
  InterlockingMessage,
  InterlockingEvent,
  InterlockingNeed,
  InterlockingAnswer,
  InterlockingChange
> {
  /** Why the bundle waits now: the very list that the grant decision looks at. Empty when it does not wait. */
  blockersOf(bundle: BundleId, now: Instant): Reading<readonly Blocker[]>;
  /** Everybody who waits at the lock, in policy order (LAW-13); loads them all. */
  waitersOf(lock: LockId): Reading<readonly BundleRow[]>;
}

/** The working copy of a project's interlocking: empty, or with every row, so that nothing is ever lacking. */
export function createInterlocking(project: ProjectId, rows?: WholeInterlocking): Interlocking {
  const slice = new Slice();
  if (rows !== undefined) slice.knowEverything(rows);
  const read = new Reader(slice);

  function handle(message: InterlockingMessage, now: Instant): Handled<InterlockingEvent, InterlockingNeed> {
    const d = new Decision(project, now, slice, read);
    read.header();
    decide(d, message);
    settle(d);
    if (read.lacks) {
      slice.rollback();
      return { kind: 'needs', needs: read.takeNeeds() };
    }
    if (message.type === 'Reconcile') d.reply = { ok: true, value: { mended: d.size } };
    slice.commit();
    return { kind: 'decided', outcome: d.outcome(), births: [] };
  }

  function reading<T>(value: T): Reading<T> {
    return read.lacks ? { kind: 'needs', needs: read.takeNeeds() } : { kind: 'value', value };
  }

  return {
    handle,
    supply: (answers) => answers.forEach((answer) => supplySlice(slice, answer)),
    changes: () => slice.changes(),
    blockersOf(id, now) {
      const bundle = read.bundle(id);
      return reading(bundle ? [...blockersOf(read, bundle, now)] : []);
    },
    waitersOf: (lock) => reading(read.waiting(lock) ?? []),
  };
}

function decide(d: Decision, message: InterlockingMessage): void {
  const handle = DECIDE[message.type] as (d: Decision, message: InterlockingMessage) => void;
  handle(d, message);
}

type Of<T extends InterlockingMessage['type']> = Extract<InterlockingMessage, { type: T }>;

const DECIDE: { readonly [T in InterlockingMessage['type']]: (d: Decision, message: Of<T>) => void } = {
  Expected: expectRun,
  NotExpected: stopExpecting,
  PersonAwaited: changeExpectation,
  PersonAnswered: changeExpectation,
  ExpectationDue: expectationDue,
  LocksRequested: requestLocks,
  ApprovalGiven: approve,
  ChecksChanged: checksChanged,
  ChecksDue: checksDue,
  LocksReleased: release,
  LocksWithdrawn: withdraw,
  SpanOver: endSpan,
  WaitExpired: expire,
  ConfigureLock: configureLock,
  DeleteLock: deleteLock,
  RunsCompared: runsCompared,
  HolderChanged: holderChanged,
  HoldDue: holdDue,
  AcquireLease: acquireLease,
  RenewLease: renewLease,
  ReleaseLease: releaseLease,
  LeaseDue: leaseDue,
  CallerTold: callerTold,
  AcknowledgeFailure: acknowledgeFailure,
  ForceRelease: forceRelease,
  HoldRequest: holdRequest,
  UnholdRequest: unholdRequest,
  MoveRequest: moveRequest,
  WithdrawRequest: withdrawRequest,
  ForceGrant: forceGrant,
  FreezeLock: freezeLock,
  UnfreezeLock: unfreezeLock,
  FreezeOver: freezeOver,
  Reconcile: reconcile,
};

/** Settles the locks again as if each of them had changed: the safety net (INV-05). */
function reconcile(d: Decision, { locks }: Of<'Reconcile'>): void {
  for (const lock of locks.filter((id) => d.read.lock(id) !== undefined)) {
    d.toGrant.add(lock);
    d.lookAt(lock);
    d.lookAtAll.add(lock);
  }
}
