import { parse, referencedNames } from '@signalbox/expressions';
import type { Plan } from '@signalbox/model';
import { quote } from '../diagnostics.ts';
import type { Report } from '../diagnostics.ts';
import { isEmpty } from '../read/node.ts';
import type { MappingNode, Node } from '../read/node.ts';
import { valueOf } from './key.ts';

/** Warns of what is allowed but cannot do what its author thinks; the plan was made of this tree without errors. */
export function warn(plan: Plan, root: Node, report: Report): void {
  if (root.kind !== 'mapping') return;
  warnOfIdleLockBehavior(plan, root, report);
  mappingsOf(valueOf(root, 'stages')).forEach((stage, index) => {
    const waits = (plan.stages[index]?.dependsOn.length ?? 0) > 0;
    if (waits && plan.stages[index]?.condition === undefined) warnOfAlways(stage, report);
  });
}

/** A pipeline's `lockBehavior` needs something that is locked (LOCK-11, GAP-15). */
function warnOfIdleLockBehavior(plan: Plan, root: MappingNode, report: Report): void {
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

/** A stage with the default condition is skipped as a whole, jobs with `always()` included (CANCEL-5). */
function warnOfAlways(stage: MappingNode, report: Report): void {
  for (const job of mappingsOf(valueOf(stage, 'jobs'))) {
    const condition = valueOf(job, 'condition');
    if (condition?.kind !== 'scalar' || isEmpty(condition)) continue;
    const parsed = parse(condition.text.trim(), 'jobCondition');
    if (!parsed.ok || !referencedNames(parsed.tree).functions.includes('always')) continue;
    const message = `${quote(condition.text)} does not help when the stage itself is skipped.`;
    report('always-in-skipped-stage', condition.at, message);
  }
}

function mappingsOf(node: Node | undefined): readonly MappingNode[] {
  return node?.kind === 'list' ? node.items.filter((item) => item.kind === 'mapping') : [];
}
