import type { Plan } from '@signalbox/model';
import type { Report } from '../../diagnostics.ts';
import { reachOf } from '../../reach/reach.ts';
import type { StageReach } from '../../reach/reach.ts';
import type { MappingNode } from '../../read/node.ts';

/**
 * A pipeline's `lockBehavior` needs something that is locked (LOCK-11, GAP-15): mostly an environment, but everything
 * protected that a stage uses can have a lock (LOCK-10, LOCK-14).
 */
export function warnOfIdleLockBehavior(plan: Plan, root: MappingNode, report: Report): void {
  const key = root.entries.find((entry) => entry.key.text === 'lockBehavior')?.key;
  if (key === undefined || reachOf(plan).some(mayLock)) return;
  const message =
    '`lockBehavior` makes no lock, and no stage uses an environment, a variable group or a service connection.';
  report('lock-behavior-locks-nothing', key.at, message);
}

/** Agents are shared by nature: hardly anybody locks a whole pool, and nearly every stage names one. */
function mayLock({ ownLock, resources }: StageReach): boolean {
  return ownLock || resources.some(({ type }) => type !== 'queue');
}
