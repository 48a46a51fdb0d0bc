import type { RunView } from '@signalbox/api';
import { fold } from '@signalbox/model';

/** Which steps of a run; absent: no restriction. */
export interface StepChoice {
  readonly stage?: string;
  readonly job?: string;
  readonly step?: string;
  readonly failed?: boolean;
}

/** A step that wrote a log. */
export interface ChosenStep {
  readonly log: number;
  /** `Stage / job / step`. */
  readonly title: string;
}

/** The steps of a run that have a log, in their order; names are compared with display names, too. */
export function chosenSteps(run: RunView, choice: StepChoice): readonly ChosenStep[] {
  return run.stages
    .filter((stage) => isNamed(stage, choice.stage))
    .flatMap((stage) =>
      stage.jobs
        .filter((job) => isNamed(job, choice.job))
        .flatMap((job) =>
          job.steps
            .filter((step) => isNamed(step, choice.step) && (!choice.failed || step.result === 'failed'))
            .flatMap(({ log, displayName }) =>
              log === undefined
                ? []
                : [{ log, title: `${stage.name} / ${job.displayName} / ${displayName}` }],
            ),
        ),
    );
}

function isNamed(
  { name, displayName }: { readonly name: string; readonly displayName: string },
  wanted: string | undefined,
): boolean {
  return wanted === undefined || fold(name) === fold(wanted) || fold(displayName) === fold(wanted);
}
