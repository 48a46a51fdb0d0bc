import type { Instant } from '@signalbox/model';
import { noteApproval } from './approve.ts';
import { lockFor, resourcesOf } from './asked.ts';
import { checksCount } from './checks-count.ts';
import { times, wakeAt } from './checks.ts';
import type { Answer, Decision } from './decision.ts';
import { loseResource, resourceGone } from './delete.ts';
import { timedOutAnswer } from './end.ts';
import { dropExpected } from './expect.ts';
import { arrive, locksOf, standingOf, takesTurns } from './gate.ts';
import { resourceKey, stageResource } from './keys.ts';
import type { InterlockingMessage, LockAnswer, NamedResource } from './messages.ts';
import { expiry, orderTime } from './place.ts';
import type { BundleRow, InsideRow, LockRow, Requester } from './rows.ts';
import { heldSpan } from './span/inside.ts';
import { admit, comeInside, grantedInside, joinSpan } from './span/pass.ts';
import { spanToAskFor, takeSpan } from './span/reach.ts';

type LocksRequested = Extract<InterlockingMessage, { type: 'LocksRequested' }>;

/** A resource that a stage uses, and its lock if it has one. */
interface Asked {
  readonly resource: NamedResource;
  readonly lock: LockRow | null;
}

/**
 * A stage attempt asks for all its locks (LOCK-9). A repeated request changes nothing and is answered with
 * what stands. Without an enabled lock there is nothing to wait for, unless the stage names one (LAW-12).
 */
export function requestLocks(d: Decision, message: LocksRequested): void {
  const { run, stage, attempt } = message.requester;
  const resources = resourcesOf(message);
  const found = resources.map((resource) => d.read.lockOf(resource));
  const bundle = d.read.bundleOf(run, stage, attempt);
  const held = heldSpan(d.read, run);
  // What the policy says when the stage asks counts for it, whatever it says later (LAW-11).
  const slotFirst = bundle === null && held === undefined && found.some(isTakenFirst);
  const awaits = message.approvals === 'pending' && !slotFirst;
  const until = bundle || held ? undefined : spanToAskFor(d, message, found);
  if (until !== undefined) {
    return d.tell(message.requester, {
      type: 'SpanWanted',
      until,
      ...(message.approvals !== undefined && { approvals: message.approvals }),
    });
  }
  if (!awaits) dropExpected(d, run, stage);
  if (d.read.lacks || bundle === undefined) return;
  if (bundle !== null) return askAgain(d, bundle, { message, held });
  const asked = resources.map((resource, index) => ({ resource, lock: found[index] ?? null }));
  requestAnew(d, message, { asked, held, awaits });
}

/** Its slot is taken before anybody is asked to approve (CLASSIC-3); every other lock of the bundle with it (LAW-9). */
function isTakenFirst(lock: LockRow | null | undefined): boolean {
  return lock?.enabled === true && lock.policy.slot === 'beforeApproval';
}

/** Asked again: with its approvals now, or only repeated. */
function askAgain(
  d: Decision,
  bundle: BundleRow,
  { message, held }: { readonly message: LocksRequested; readonly held: BundleRow | undefined },
): void {
  const awaits = message.approvals === 'pending';
  if (bundle.status === 'expected') {
    if (awaits) askApprovals(d, message);
    else queueExpected(d, { ...bundle, ...checksOf(d, message.checks) }, held);
    return;
  }
  const isApproved = !awaits && bundle.awaitsApproval !== undefined && bundle.finishTime === undefined;
  if (isApproved) noteApproval(d, bundle);
  answerAgain(d, bundle);
}

interface FirstRequest {
  readonly asked: readonly Asked[];
  /** The span that its run holds. */
  readonly held: BundleRow | undefined;
  /** Its approvals come before its locks. */
  readonly awaits: boolean;
}

/** A stage attempt asks for the first time; its run may hold a span, and then it waits for no lock. */
function requestAnew(d: Decision, message: LocksRequested, { asked, held, awaits }: FirstRequest): void {
  const missing = missingLock(message, asked);
  if (missing !== undefined) {
    const why = { kind: 'lockMissing', message: missing } as const;
    return d.tell(message.requester, { type: 'LocksLost', why });
  }
  const locks = asked.flatMap(({ resource, lock }) => lockFor(d, message.ownLock, resource, lock));
  if (locks.length === 0) {
    return awaits
      ? askApprovals(d, message)
      : d.tell(message.requester, { type: 'LocksGranted', tokens: [] });
  }
  // Its run has the locks already, so there is nothing to wait for before the approvals.
  if (held !== undefined)
    return awaits ? askApprovals(d, message) : comeInside(d, message.requester, { span: held, locks });
  const { span, locks: all } = takeSpan(d, message, locks);
  const bundleOfNow = { ...newBundle(d, message, all), ...(span && { span }) };
  const unapproved = message.approvals === 'pending' && { awaitsApproval: true as const };
  if (!awaits) return queue(d, { ...bundleOfNow, ...unapproved }, all);
  expect(d, bundleOfNow);
  askApprovals(d, message);
}

/** The approvals come before the locks: the run may ask for them. */
function askApprovals(d: Decision, { requester }: LocksRequested): void {
  d.tell(requester, { type: 'AskApprovals' });
}

/** Fail closed: a lock that the stage names and that cannot be had is an error, never "no lock needed" (R8). */
function missingLock({ requester, ownLock }: LocksRequested, asked: readonly Asked[]): string | undefined {
  const own = resourceKey(stageResource(requester.definition, requester.stage));
  for (const { resource, lock } of asked) {
    if (lock?.deleted !== undefined) return resourceGone(lock);
    if (resource.type === 'named' && lock?.enabled !== true) {
      return `The lock '${resource.name}' does not exist or is disabled.`;
    }
    if (ownLock && resourceKey(resource) === own && lock?.enabled === false) {
      return `The lock of stage '${requester.stage}' is disabled. Enable it, or remove lockBehavior from the stage.`;
    }
  }
  return undefined;
}

/** The bundle as it would begin, eligible or not: `queue` finds that out. */
export function newBundle(
  d: Decision,
  {
    requester,
    byHand,
    behavior,
    checks,
  }: Pick<LocksRequested, 'requester' | 'byHand' | 'behavior' | 'checks'>,
  unsorted: readonly LockRow[],
): BundleRow {
  const locks = unsorted.toSorted((a, b) => a.id - b.id);
  const { lastBundle, lastRequest } = d.header;
  return {
    id: lastBundle + 1,
    requester,
    status: 'queued',
    ...(behavior === undefined ? {} : { behavior }),
    requests: locks.map((lock, index) => ({ id: lastRequest + 1 + index, lock: lock.id })),
    queueTime: d.now,
    order: orderTime(requester, d.now, locks),
    rank: rankOf({ requester, byHand }, d.now, locks),
    eligible: false,
    turn: 0,
    expiresAt: expiry(d.now, locks),
    ...checksOf(d, checks),
    ...(byHand && { byHand }),
  };
}

function checksOf(d: Decision, checks: LocksRequested['checks']): Pick<BundleRow, 'checks'> {
  return checks === undefined ? {} : { checks: { valid: true, since: d.now, ...times(checks) } };
}

/**
 * How new the request is: its run's queue time, for a later attempt, and for a stage that was started by hand, the time
 * of the request (LOCK-62, X-14). Where a lock
 * rejects what is stale, a new attempt of an old run is as old as its run: it must not take the place of a newer one
 * and then be rejected itself.
 */
function rankOf(
  { requester, byHand }: { readonly requester: Requester; readonly byHand: true | undefined },
  now: Instant,
  locks: readonly LockRow[],
): Instant {
  const { attempt, runQueueTime } = requester;
  const guarded = locks.some(({ policy }) => policy.staleGuard === 'reject');
  return (attempt === 1 && byHand === undefined) || guarded ? runQueueTime : now;
}

/** Takes note of a stage that waits for its approvals. */
function expect(d: Decision, bundle: BundleRow): void {
  const lastRequest = d.header.lastRequest + bundle.requests.length;
  d.record({ type: 'BundleExpected', bundle: { ...bundle, status: 'expected' }, lastRequest });
}

/** It has its approvals and asks for the locks that it would have needed from the start (GAP-18). */
function queueExpected(d: Decision, bundle: BundleRow, held: BundleRow | undefined): void {
  const locks = locksOf(d, bundle);
  if (locks === undefined) return;
  const gone = locks.find((lock) => lock.deleted !== undefined);
  if (gone?.deleted !== undefined) return loseResource(d, bundle, gone, gone.deleted.by);
  if (held !== undefined) {
    joinSpan(d, bundle, held);
    return admit(d, held);
  }
  const order = orderTime(bundle.requester, d.now, locks);
  const now = { status: 'queued', queueTime: d.now, order, expiresAt: expiry(d.now, locks) } as const;
  queue(d, { ...bundle, ...now }, locks);
}

/** Gives a bundle its place in the queue of all its locks. */
export function queue(d: Decision, bundle: BundleRow, locks: readonly LockRow[]): void {
  const standing = standingOf(d, bundle, locks);
  if (standing === undefined) return;
  const { barred, passes } = standing;
  const turn = !barred && takesTurns(bundle, locks) ? d.header.lastTurn + 1 : 0;
  const lastRequest = Math.max(d.header.lastRequest, ...bundle.requests.map(({ id }) => id));
  const begins = { ...bundle, ...statusOf(d, bundle), eligible: !barred, turn, ...passes };
  d.record({ type: 'BundleQueued', bundle: begins, lastRequest });
  d.timers.add(bundle.id);
  if (bundle.checks !== undefined) wakeAt(d, bundle.id, bundle.checks);
  if (!barred) arrive(d, bundle, locks);
}

function statusOf(d: Decision, { checks }: BundleRow): Pick<BundleRow, 'status' | 'wasLapsed'> {
  if (checksCount(checks, d.now)) return { status: 'queued' };
  return { status: 'waitingOnChecks', wasLapsed: true };
}

/** Late and repeated requests learn what stands; one that waits will hear when it is decided. */
function answerAgain(d: Decision, bundle: BundleRow): void {
  const locks = locksOf(d, bundle);
  if (locks === undefined) return;
  if (bundle.inside !== undefined) {
    answerInside(d, bundle, bundle.inside);
  } else if (bundle.status === 'inUse') {
    d.tell(bundle.requester, grantedAnswer(bundle, locks));
  } else if (bundle.status === 'timedOut') {
    d.tell(bundle.requester, timedOutAnswer(locks));
  } else {
    const why = lossOf(bundle, locks);
    if (why !== undefined) d.tell(bundle.requester, { type: 'LocksLost', why });
  }
}

type Loss = Extract<LockAnswer, { type: 'LocksLost' }>['why'];

/** Why a request that neither waited too long nor was taken back by its run is over. */
function lossOf(bundle: BundleRow, locks: readonly LockRow[]): Loss | undefined {
  const { withdrawn, supersededBy, stale, assignTime } = bundle;
  const gone = locks.find((lock) => lock.deleted !== undefined);
  if (withdrawn !== undefined && gone !== undefined)
    return { kind: 'lockMissing', message: resourceGone(gone) };
  if (withdrawn !== undefined) return { kind: 'withdrawn', by: withdrawn.by, reason: withdrawn.reason };
  const [commit] = stale ?? [];
  // One that was granted was only warned.
  if (commit !== undefined && assignTime === undefined) return { kind: 'stale', commit };
  if (supersededBy === undefined) return undefined;
  const lock = locks.find(({ id }) => id === supersededBy.lock)?.name ?? '';
  return { kind: 'superseded', byRun: supersededBy.run, lock };
}

function answerInside(d: Decision, { requester, status }: BundleRow, { span: id, locks }: InsideRow): void {
  const span = d.read.bundle(id);
  if (status !== 'inUse' || !span) return;
  d.tell(requester, grantedInside(d, span, locks));
}

/** What a run is told of the grant: the tokens of the stage that asked, and how long it holds (LOCK-65). */
export function grantedAnswer(bundle: BundleRow, locks: readonly LockRow[]): Answer {
  const { span, requests, stale } = bundle;
  const own = requests.filter(({ lock }) => span?.own.includes(lock) ?? true);
  const tokens = own.map(({ lock, token = 0 }) => ({
    lock,
    lockName: locks.find(({ id }) => id === lock)?.name ?? '',
    token,
  }));
  return {
    type: 'LocksGranted',
    tokens,
    ...(span && { span: span.until }),
    ...(stale !== undefined && { stale }),
  };
}
