import type { JobStep } from '@signalbox/api';
import type { StepHandler, StepPart } from '../steps/step-handler.ts';

/** Something that a job does on behalf of one of its steps, in its turn. */
export interface StepTurn {
  readonly step: JobStep;
  /** A part beside the step itself; absent: the step itself. */
  readonly part?: StepPart & { readonly kind: 'preJob' | 'postJob' };
}

/**
 * The turns of a job (STEP-2): what tasks do before all steps, the steps in their order, and what tasks do after
 * them, last step first. `handlerOf` gives undefined for a task that there is not: its own turn tells.
 */
export function stepTurns(
  steps: readonly JobStep[],
  handlerOf: (step: JobStep) => StepHandler | undefined,
): readonly StepTurn[] {
  const before: StepTurn[] = [];
  const after: StepTurn[] = [];
  for (const step of steps) {
    const { preJob, postJob } = handlerOf(step)?.parts?.(step) ?? {};
    if (preJob !== undefined) before.push({ step, part: { ...preJob, kind: 'preJob' } });
    if (postJob !== undefined) {
      after.unshift({ step, part: { condition: 'always()', ...postJob, kind: 'postJob' } });
    }
  }
  return [...before, ...steps.map((step) => ({ step })), ...after];
}
