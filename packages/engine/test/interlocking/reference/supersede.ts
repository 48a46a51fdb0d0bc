import { queueOf } from './order.ts';
import type { Asked, Lock, State } from './state.ts';
import { behaviorAt, isParallel } from './turn.ts';

/** Walks from the newest waiter to the oldest; each goes if a survivor of its group, of another run, is newer. */
export function supersede(s: State): boolean {
  const survivors: Asked[] = [];
  let any = false;
  const newestFirst = queueOf(s).toSorted((a, b) => b.rank - a.rank || b.run - a.run || b.id - a.id);
  for (const bundle of newestFirst) {
    const by = bundle.locks
      .filter((lock) => isTime(s, lock))
      .map((lock) => {
        const group = survivors.filter(
          (other) =>
            other.locks.includes(lock) && sameGroup(lock, other, bundle) && displaces(s, other, lock),
        );
        return group[0]?.run === bundle.run ? undefined : group[0];
      })
      .find((other) => other !== undefined);
    if (by === undefined) {
      survivors.push(bundle);
      continue;
    }
    bundle.status = 'superseded';
    bundle.supersededBy = by.run;
    any = true;
  }
  return any;
}

function isTime(s: State, lock: Lock): boolean {
  return lock.policy.supersede !== 'onRelease' || isFree(s, lock);
}

function isFree(s: State, lock: Lock): boolean {
  const holders = s.holders(lock);
  return holders.length < lock.policy.capacity && holders.every((one) => !isParallel(one, lock));
}

/** Without its approval nobody displaces others where approvals decide, but when a slot is free. */
function displaces(s: State, bundle: Asked, lock: Lock): boolean {
  return !bundle.unapproved || lock.policy.supersede !== 'onApproval' || isFree(s, lock);
}

/** Whether the newer of the two replaces the older at the lock. */
export function sameGroup(lock: Lock, a: Asked, b: Asked): boolean {
  if (a.forced || b.forced) return false;
  const behavior = behaviorAt(a, lock);
  if (behavior !== behaviorAt(b, lock) || a.definition !== b.definition) return false;
  if (behavior === 'branchRunLatest') return a.branch === b.branch;
  return behavior === 'runLatest' && (!lock.key.startsWith('persistedStage') || a.branch === b.branch);
}
