import type { LockId } from '@signalbox/model';
import { groupOf, type Group } from './behavior.ts';
import { freeSlots, sharesWith } from './blockers.ts';
import { isLapsed, lapse } from './checks.ts';
import type { Decision } from './decision.ts';
import { isPastLimit, leave, timeOut } from './end.ts';
import { compareNewestFirst } from './order.ts';
import type { BundleRow, LockRow } from './rows.ts';
import { isWaiting } from './waiting.ts';

/** One bundle in its group at one lock. */
interface Membership {
  readonly bundle: BundleRow;
  readonly lock: LockRow;
  readonly group: string;
}

/**
 * Cancels, in every group of waiters, all but the latest (LOCK-31, LAW-6): at a lock that has a slot free, or
 * on arrival if the policy says so (LOCK-61). From the newest down, so that whoever supersedes survives itself.
 */
export function supersede(d: Decision): void {
  const locks = [...d.toSupersede].toSorted((a, b) => a - b);
  const members = locks.flatMap((lock) => membersAt(d, lock));
  if (d.read.lacks) return;
  d.toSupersede.clear();
  const survivors = new Map<string, BundleRow>();
  for (const [bundle, places] of newestFirst(members)) judge(d, bundle, places, survivors);
}

/** The waiters who are to be compared at the lock: the groups of those who came since the last time. */
function membersAt(d: Decision, id: LockId): readonly Membership[] {
  const lock = d.read.lock(id);
  const holders = d.read.holders(id);
  if (lock === undefined || holders === undefined) return [];
  const groups = new Map<string, Group>();
  for (const seed of seedsAt(d, lock, holders) ?? []) {
    const group = groupOf(seed, lock);
    if (group !== undefined) groups.set(group.key, group);
  }
  return [...groups.values()].flatMap(({ key, definition, branch }) =>
    (d.read.group(id, definition, branch) ?? [])
      .filter((bundle) => groupOf(bundle, lock)?.key === key)
      .map((bundle) => ({ bundle, lock, group: `${id}/${key}` })),
  );
}

function seedsAt(
  d: Decision,
  lock: LockRow,
  holders: readonly BundleRow[],
): readonly BundleRow[] | undefined {
  const onArrival = lock.policy.supersede !== 'onRelease';
  const slotFree = isSlotFree(lock, holders);
  const atAll = slotFree || (onArrival && d.lookAtAll.has(lock.id));
  // Those who lack their approval will have to be looked at again: see `displaces`.
  d.looked.set(lock.id, slotFree || (atAll && lock.policy.supersede === 'onArrival'));
  if (atAll) return d.read.turned(lock.id, lock.supersededThrough);
  if (!onArrival) return [];
  return [...d.arrivals]
    .flatMap((id) => d.current(id) ?? [])
    .filter((bundle) => isWaiting(bundle) && bundle.requests.some((request) => request.lock === lock.id));
}

function isSlotFree(lock: LockRow, holders: readonly BundleRow[]): boolean {
  return freeSlots(lock, holders) > 0 && sharesWith({ behavior: 'runLatest' }, lock, holders);
}

/** At a lock that says `onApproval`, whoever lacks its approval displaces nobody before a slot is free there. */
function displaces(d: Decision, { awaitsApproval }: BundleRow, lock: LockRow): boolean {
  if (awaitsApproval === undefined || lock.policy.supersede !== 'onApproval') return true;
  return isSlotFree(lock, d.read.holders(lock.id) ?? []);
}

function newestFirst(members: readonly Membership[]): ReadonlyMap<BundleRow, readonly Membership[]> {
  const byBundle = new Map<BundleRow, Membership[]>();
  for (const member of members.toSorted((a, b) => compareNewestFirst(a.bundle, b.bundle))) {
    const places = byBundle.get(member.bundle);
    if (places === undefined) byBundle.set(member.bundle, [member]);
    else places.push(member);
  }
  return byBundle;
}

/** The newest of a group survives; an older one of another run does not (a run never supersedes itself). */
function judge(
  d: Decision,
  bundle: BundleRow,
  places: readonly Membership[],
  survivors: Map<string, BundleRow>,
): void {
  if (isPastLimit(d, bundle)) return timeOut(d, bundle);
  if (isLapsed(d, bundle)) return lapse(d, bundle);
  for (const { group, lock } of places) {
    const by = survivors.get(group);
    if (by === undefined || by.requester.run === bundle.requester.run) continue;
    return supersedeOne(d, bundle, by, lock);
  }
  for (const { group, lock } of places) {
    if (!survivors.has(group) && displaces(d, bundle, lock)) survivors.set(group, bundle);
  }
}

/** Cancels the bundle because `by` is newer in its group at the lock (LAW-6). */
export function supersedeOne(d: Decision, bundle: BundleRow, by: BundleRow, lock: LockRow): void {
  const byRun = by.requester.run;
  d.record({
    type: 'BundleSuperseded',
    bundle: bundle.id,
    by: by.id,
    byRun,
    lock: lock.id,
    at: d.now,
  });
  d.tell(bundle.requester, { type: 'LocksLost', why: { kind: 'superseded', byRun, lock: lock.name } });
  leave(d, bundle);
}
