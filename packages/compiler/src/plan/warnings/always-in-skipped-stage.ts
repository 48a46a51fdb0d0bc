import { parse, referencedNames } from '@signalbox/expressions';
import { quote } from '../../diagnostics.ts';
import type { Report } from '../../diagnostics.ts';
import { isEmpty } from '../../read/node.ts';
import { valueOf } from '../key.ts';
import type { JobPart, StagePart } from './parts.ts';

/**
 * A stage with the default condition is skipped as a whole, jobs with `always()` included (CANCEL-5). A job that
 * depends on others of its stage may say `always()` because of them.
 */
export function warnOfAlways(stages: readonly StagePart[], report: Report): void {
  for (const { plan, jobs } of stages) {
    if (plan.dependsOn.length === 0 || plan.condition !== undefined) continue;
    for (const job of jobs) if (job.plan.dependsOn.length === 0) warnOfJob(job, report);
  }
}

function warnOfJob({ node }: JobPart, report: Report): void {
  const condition = valueOf(node, 'condition');
  if (condition?.kind !== 'scalar' || isEmpty(condition)) return;
  const parsed = parse(condition.text.trim(), 'jobCondition');
  if (!parsed.ok || !referencedNames(parsed.tree).functions.includes('always')) return;
  const message = `${quote(condition.text)} does not help when the stage itself is skipped.`;
  report('always-in-skipped-stage', condition.at, message);
}
