import type { Plan } from '@signalbox/model';
import type { Report } from '../../diagnostics.ts';
import type { MappingNode } from '../../read/node.ts';

/** A pipeline's `lockBehavior` needs something that is locked (LOCK-11, GAP-15). */
export function warnOfIdleLockBehavior(plan: Plan, root: MappingNode, report: Report): void {
  const key = root.entries.find((entry) => entry.key.text === 'lockBehavior')?.key;
  const locks = plan.stages.some(
    ({ ownLock, jobs }) => ownLock || jobs.some(({ kind }) => kind === 'deployment'),
  );
  if (key !== undefined && !locks) {
    report(
      'lock-behavior-locks-nothing',
      key.at,
      '`lockBehavior` has no effect: nothing in this pipeline is locked.',
    );
  }
}
