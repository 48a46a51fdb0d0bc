import type { InterlockingMessage, WholeInterlocking } from '@signalbox/engine';
import type { LockPolicy } from '@signalbox/model';
import { ANN } from './operators.ts';
import { policyOf } from './policy.ts';
import { MINUTE, oneOf, resource, type Choice, type Scene } from './scene.ts';

type Made = InterlockingMessage | undefined;

/** The lock gets a policy, as the crowd wants it. */
export function configure(
  { crowd }: Scene,
  { index, policy, enabled }: { index: number; policy: LockPolicy; enabled: boolean },
): InterlockingMessage {
  const fit: LockPolicy = {
    ...policy,
    ...(crowd.byRun && { orderBy: 'runQueueTime' }),
    ...(!crowd.spans && { span: 'stage' }),
  };
  const { type, id } = resource(index);
  return { type: 'ConfigureLock', resource: { type, id }, name: id, policy: fit, enabled, by: 'tester' };
}

/** Somebody changes the policy of a lock, or disables it. */
export function changePolicy(scene: Scene, { pick, vary }: Choice): Made {
  const index = pick % scene.locks;
  return configure(scene, { index, policy: policyOf(vary), enabled: vary % 7 !== 0 });
}

/** The resource of a lock is deleted; a change of its policy makes it anew. */
export function deleteLock(scene: Scene, { pick, vary }: Choice): Made {
  // Rarely: whoever asks for it afterwards only fails.
  if (vary % 4 > 0) return undefined;
  return { type: 'DeleteLock', resource: resource(pick % scene.locks), by: 'ann' };
}

/** A lock is frozen, for a time or until somebody ends it; half of them let features pass. */
export function freezeLock({ now }: Scene, { pick, vary }: Choice, rows: WholeInterlocking): Made {
  const lock = oneOf([...rows.locks.values()], pick)?.id;
  if (lock === undefined) return undefined;
  const until = vary % 3 === 0 ? {} : { until: now + (1 + (vary % 7)) * MINUTE };
  return { type: 'FreezeLock', lock, ...ANN, ...until, exempt: vary % 2 === 0 ? ['feat*'] : [] };
}

/** A freeze is ended. */
export function unfreezeLock(_: Scene, { pick }: Choice, rows: WholeInterlocking): Made {
  const frozen = [...rows.locks.values()].filter(({ freeze }) => freeze !== undefined);
  const lock = oneOf(frozen, pick)?.id;
  return lock === undefined ? undefined : { type: 'UnfreezeLock', lock, ...ANN };
}

/** The sweep comes by. */
export function reconcile(_: Scene, __: Choice, rows: WholeInterlocking): Made {
  return { type: 'Reconcile', locks: [...rows.locks.keys()] };
}
