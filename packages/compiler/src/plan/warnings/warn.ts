import type { Plan } from '@signalbox/model';
import type { Report } from '../../diagnostics.ts';
import { MAX_WARNING_EFFORT } from '../../limits.ts';
import type { Node } from '../../read/node.ts';
import { warnOfAlways } from './always-in-skipped-stage.ts';
import { warnOfComparison } from './comparison-never-holds.ts';
import { warnOfDependencies } from './dependency-not-seen.ts';
import { warnOfIdleLockBehavior } from './lock-behavior-locks-nothing.ts';
import { warnOfMacro } from './macro-in-condition.ts';
import { warnOfOutput } from './output-not-found.ts';
import { partsOf } from './parts.ts';
import type { StagePart } from './parts.ts';
import { warnOfLiteralTexts } from './not-evaluated.ts';
import { sitesOf } from './sites.ts';
import type { Site } from './sites.ts';
import { warnOfSkippedAncestors } from './skipped-ancestor.ts';
import { warnOfStepCondition } from './step-condition-fails.ts';
import { answersIn, warnOfText } from './text-as-condition.ts';

/** Warns of what is allowed but cannot do what its author thinks; the plan was made of this tree without errors. */
export function warn(plan: Plan, root: Node, report: Report): void {
  if (root.kind !== 'mapping') return;
  const stages = partsOf(plan, root);
  const answers = answersIn(plan);
  warnOfIdleLockBehavior(plan, root, report);
  warnOfAlways(stages, report);
  warnOfSkippedAncestors(stages, report);
  warnOfStepCondition(stages, report);
  warnOfLiteralTexts(plan, stages, root, report);
  let effort = MAX_WARNING_EFFORT;
  for (const site of sitesOf(stages, root)) {
    effort -= site.text.length * siblingsOf(site, stages);
    if (effort < 0) return;
    warnOfDependencies(site, stages, report);
    warnOfOutput(site, stages, report);
    warnOfComparison(site, report);
    warnOfText(site, answers, report);
    warnOfMacro(site, report);
  }
}

/** Every name of an expression may be compared with every stage or job beside its owner. */
function siblingsOf({ owner }: Site, stages: readonly StagePart[]): number {
  return owner.level === 'job' || owner.level === 'step' ? owner.stage.jobs.length : stages.length;
}
