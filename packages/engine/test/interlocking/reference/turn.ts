import { fold, type LockBehavior } from '@signalbox/model';
import type { Asked, Lock, State } from './state.ts';

/** Whether it is a bundle's turn at all its locks: a slot each, and nobody ahead in the queue who keeps it. */
export function mayHave(s: State, bundle: Asked, queue: readonly Asked[]): boolean {
  const before = queue.slice(0, queue.indexOf(bundle));
  return bundle.locks.every((lock) => {
    const ahead = before.filter((other) => other.locks.includes(lock));
    const holders = s.holders(lock);
    const shared = holders.every((one) => isParallel(one, lock) === isParallel(bundle, lock));
    if (bundle.forced) return shared && holders.length < lock.policy.capacity;
    const alike = [...ahead, ...holders].every((one) => isParallel(one, lock) === isParallel(bundle, lock));
    const olderSelf =
      lock.policy.orderBy === 'runQueueTime' &&
      ahead.some((one) => one.definition === bundle.definition && fold(one.stage) === fold(bundle.stage));
    return alike && !olderSelf && ahead.length + holders.length < lock.policy.capacity;
  });
}

/** What the stage says, else what the lock says. */
export function behaviorAt(bundle: Asked, lock: Lock): LockBehavior {
  return bundle.behavior ?? lock.policy.behavior;
}

/** Shares the lock with its like only. */
export function isParallel(bundle: Asked, lock: Lock): boolean {
  return behaviorAt(bundle, lock) === 'parallel';
}
