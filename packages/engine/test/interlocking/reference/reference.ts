import type { InterlockingMessage } from '@signalbox/engine';
import { approve } from './approve.ts';
import { changeChecks } from './checks.ts';
import { configure } from './configure.ts';
import { deleteLock } from './delete.ts';
import { expectRun, person, stopExpecting } from './expect.ts';
import { freeze } from './freeze.ts';
import { holder } from './holder.ts';
import { acquire, giveBack, renewOwn } from './lease.ts';
import { operate } from './operate.ts';
import { leave } from './leave.ts';
import { request } from './request.ts';
import { settle } from './settle.ts';
import { endSpan } from './span.ts';
import { compared } from './stale.ts';
import { State, type Of } from './state.ts';

/**
 * The queue as plainly as possible: every question is answered by looking at everything, after every message.
 * Written from the design, not from the engine; the two must agree on every history.
 */
export class Reference {
  readonly #state: State = new State();

  /** What became of every stage attempt, for comparison. */
  summary(): readonly string[] {
    return this.#state.bundles.map(({ run, stage, attempt, status, tokens, supersededBy }) =>
      JSON.stringify([run, stage, attempt, status, tokens, supersededBy ?? null]),
    );
  }

  /** The bundles that were older than what was deployed, and ended for it. */
  rejected(): readonly number[] {
    return this.#state.bundles.filter((bundle) => bundle.rejected).map(({ id }) => id);
  }

  handle(message: InterlockingMessage, now: number): void {
    this.#state.now = now;
    const handler = HANDLE[message.type] as (s: State, message: InterlockingMessage, now: number) => void;
    handler(this.#state, message, now);
    settle(this.#state, now);
  }
}

/** Timers only wake: what is due is decided by the time alone. */
function onlyWake(): void {
  // Settled afterwards, as after every message.
}

const HANDLE: {
  readonly [T in InterlockingMessage['type']]: (s: State, message: Of<T>, now: number) => void;
} = {
  Expected: expectRun,
  NotExpected: (s, { run, stage }) => stopExpecting(s, run, stage),
  PersonAwaited: person,
  PersonAnswered: person,
  ExpectationDue: onlyWake,
  LocksRequested: request,
  ApprovalGiven: (s, message) => approve(s, s.find(message)),
  ChecksChanged: changeChecks,
  ChecksDue: onlyWake,
  LocksReleased: leave,
  LocksWithdrawn: leave,
  SpanOver: endSpan,
  WaitExpired: onlyWake,
  ConfigureLock: configure,
  DeleteLock: deleteLock,
  RunsCompared: compared,
  HolderChanged: holder,
  HoldDue: onlyWake,
  AcquireLease: acquire,
  RenewLease: renewOwn,
  ReleaseLease: giveBack,
  LeaseDue: onlyWake,
  CallerTold: onlyWake,
  AcknowledgeFailure: operate,
  ForceRelease: operate,
  HoldRequest: operate,
  UnholdRequest: operate,
  MoveRequest: operate,
  WithdrawRequest: operate,
  ForceGrant: operate,
  FreezeLock: freeze,
  UnfreezeLock: freeze,
  FreezeOver: onlyWake,
  Reconcile: onlyWake,
};
