import type { BundleId, Instant } from '@signalbox/model';
import { checksCount } from './checks-count.ts';
import type { Decision } from './decision.ts';
import { leave } from './end.ts';
import { arrive, locksOf, standingOf, takesTurns } from './gate.ts';
import type { InterlockingMessage } from './messages.ts';
import type { BundleRow, Checks, LockRow } from './rows.ts';
import { isWaiting } from './waiting.ts';

type ChecksChanged = Extract<InterlockingMessage, { type: 'ChecksChanged' }>;
type ChecksDue = Extract<InterlockingMessage, { type: 'ChecksDue' }>;

/** Whether the checks of a waiter do not count any more, and nobody has looked yet; force goes through. */
export function isLapsed(d: Decision, { status, checks, forced }: BundleRow): boolean {
  return status === 'queued' && forced === undefined && !checksCount(checks, d.now);
}

/** Takes a waiter whose checks have lapsed out of the turn; it keeps its place (LOCK-26). */
export function lapse(d: Decision, bundle: BundleRow): void {
  if (bundle.checks !== undefined) judge(d, bundle, bundle.checks);
}

/** The checks of a waiter lapsed, or passed again. Of no effect upon those who hold or are over (GAP-16). */
export function checksChanged(d: Decision, message: ChecksChanged): void {
  const { run, stage, attempt, valid, from, until } = message;
  const bundle = d.read.bundleOf(run, stage, attempt);
  // Inside a span nobody waits for a lock (LAW-9).
  if (!bundle || !isWaiting(bundle) || bundle.inside !== undefined) return;
  const checks = { valid, since: d.now, ...times({ from, until }) };
  if (!isSame(bundle.checks, checks)) judge(d, bundle, checks);
}

/** The mail only wakes; whether the checks count is compared here. */
export function checksDue(d: Decision, message: ChecksDue): void {
  const bundle = d.read.bundle(message.bundle);
  if (!bundle?.checks || !isWaiting(bundle) || bundle.inside !== undefined) return;
  const isOpen = bundle.status === 'waitingOnChecks' && checksCount(bundle.checks, d.now);
  if (isOpen || isLapsed(d, bundle)) judge(d, bundle, bundle.checks);
  else wakeAt(d, bundle.id, bundle.checks);
}

/** Judges a waiter whose checks count by now, though the mail that says so is still on its way. */
export function recount(d: Decision, bundle: BundleRow | undefined): void {
  if (bundle?.status !== 'waitingOnChecks' || bundle.checks === undefined) return;
  if (checksCount(bundle.checks, d.now)) judge(d, bundle, bundle.checks);
}

/** The times of checks, those that are there. */
export function times({
  from,
  until,
}: {
  readonly from?: Instant | undefined;
  readonly until?: Instant | undefined;
}): Pick<Checks, 'from' | 'until'> {
  return { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
}

/** Wakes when the checks begin or cease to count; the mail only wakes. */
export function wakeAt(d: Decision, bundle: BundleId, { valid, from, until }: Checks): void {
  if (!valid) return;
  for (const due of [from, until]) {
    if (due !== undefined && due > d.now) d.wake({ type: 'ChecksDue', bundle }, due);
  }
}

function isSame(before: Checks | undefined, { valid, from, until }: Checks): boolean {
  const { valid: was = true, from: began, until: ended } = before ?? {};
  return was === valid && began === from && ended === until;
}

/** Who had come to its turn keeps it while its checks count; who comes back is judged anew. */
function judge(d: Decision, bundle: BundleRow, checks: Checks): void {
  const locks = locksOf(d, bundle);
  const standing = locks && standingOf(d, { ...bundle, checks }, locks);
  if (locks === undefined || standing === undefined) return;
  const counts = bundle.forced !== undefined || checksCount(checks, d.now);
  const eligible = counts && (bundle.eligible || !standing.barred);
  const status = counts ? 'queued' : 'waitingOnChecks';
  const turn = turnOf(d, bundle, { locks, eligible });
  const now = { checks, status, eligible, turn, ...standing.passes } as const;
  d.record({ type: 'BundleChecked', bundle: bundle.id, at: d.now, ...now });
  wakeAt(d, bundle.id, checks);
  if (eligible && !bundle.eligible) arrive(d, bundle, locks);
  else if (!counts && bundle.status === 'queued') leave(d, bundle);
}

function turnOf(
  d: Decision,
  bundle: BundleRow,
  { locks, eligible }: { readonly locks: readonly LockRow[]; readonly eligible: boolean },
): number {
  const comes = eligible && !bundle.eligible;
  return comes && takesTurns(bundle, locks) ? d.header.lastTurn + 1 : bundle.turn;
}
