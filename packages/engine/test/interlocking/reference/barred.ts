import { fold } from '@signalbox/model';
import { byRun, isOlder, passes } from './order.ts';
import { checksCount, type Asked, type Lock, type State } from './state.ts';

/** What keeps a bundle from its turn: a hold, its checks, a freeze, an older run. */
export function isBarred(s: State, bundle: Asked): boolean {
  if (bundle.held) return true;
  if (bundle.forced) return false;
  if (!checksCount(s, bundle)) return true;
  if (bundle.locks.some((lock) => lock.freeze && !isExempt(lock, bundle))) return true;
  return bundle.locks
    .filter((lock) => lock.policy.orderBy === 'runQueueTime' && !isExempt(lock, bundle))
    .some((lock) => isOlderRunExpected(s, bundle, lock));
}

/** `runQueueTime`: an older run of its pipeline may still come to this stage, or is itself barred there. */
function isOlderRunExpected(s: State, bundle: Asked, lock: Lock): boolean {
  const expected = s.expected.some(
    (row) =>
      row.key === lock.key &&
      !row.lapsed &&
      row.definition === bundle.definition &&
      row.stage === fold(bundle.stage) &&
      isOlder(row, bundle) &&
      !passes(lock, bundle, row),
  );
  const barred = s
    .waiting()
    .some(
      (other) =>
        !other.eligible &&
        !other.held &&
        checksCount(s, other) &&
        other.locks.includes(lock) &&
        other.definition === bundle.definition &&
        fold(other.stage) === fold(bundle.stage) &&
        isOlder(other, bundle) &&
        !passes(lock, bundle, other),
    );
  return expected || barred;
}

/** Everybody at the lock is judged anew, the oldest run first. */
export function judgeAnew(s: State, lock: Lock): void {
  const waiters = s.waiting().filter(({ locks }) => locks.includes(lock));
  for (const bundle of waiters.toSorted(byRun)) judge(s, bundle);
}

/** Whoever loses its turn takes the younger runs of its stage along where their order counts (LAW-7). */
function judge(s: State, bundle: Asked): void {
  const had = bundle.eligible;
  bundle.eligible = !isBarred(s, bundle);
  if (!had || bundle.eligible) return;
  for (const other of s.waiting().toSorted(byRun)) {
    const isSame = other.definition === bundle.definition && fold(other.stage) === fold(bundle.stage);
    const meets = bundle.locks.some(
      (lock) => lock.policy.orderBy === 'runQueueTime' && other.locks.includes(lock),
    );
    if (other.eligible && isSame && meets && isOlder(bundle, other)) judge(s, other);
  }
}

/** Whether a freeze of the lock lets it through. */
function isExempt({ freeze }: Lock, { branch }: Asked): boolean {
  return freeze?.exempt.some((pattern) => branch.startsWith(pattern.replace('*', ''))) ?? false;
}
