import type { Requester } from '@signalbox/engine';
import { isOlder } from './order.ts';
import type { Asked, Of, State } from './state.ts';

/** Git says how a commit stands to another. */
export function compared(s: State, { bundle: id, base, relation }: Of<'RunsCompared'>): void {
  const bundle = s.bundles.find((one) => one.id === id);
  if (bundle?.status === 'waiting' && !bundle.relations.has(base)) bundle.relations.set(base, relation);
}

/** Git has not said yet whether it is older than what was deployed. */
export function isOpen(bundle: Asked): boolean {
  return deployedBefore(bundle).some(({ run }) => !bundle.relations.has(run));
}

/** It is older than what was deployed at a lock that refuses that. */
export function isRejected(bundle: Asked): boolean {
  return deployedBefore(bundle, 'reject').some((base) => {
    const relation = bundle.relations.get(base.run);
    if (relation === 'unknown') return base.branch === bundle.branch && isOlder(bundle, base);
    return relation === 'older';
  });
}

/** What other runs of its pipeline last deployed at its locks that have a guard, or that guard. */
function deployedBefore(bundle: Asked, guard?: 'reject'): readonly Requester[] {
  if (bundle.forced || bundle.lease) return [];
  return bundle.locks
    .filter(({ policy }) => policy.staleGuard !== 'allow')
    .filter(({ policy }) => guard === undefined || policy.staleGuard === guard)
    .flatMap(({ deployed }) => deployed.get(bundle.definition) ?? [])
    .filter(({ run }) => run !== bundle.run);
}
