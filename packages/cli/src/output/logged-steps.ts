import type { JobView, RunView, StageView, StepView } from '@signalbox/api';

/** A step that has a log, and what it is part of. */
export interface LoggedStep {
  readonly stage: StageView;
  readonly job: JobView;
  readonly step: StepView;
  readonly log: number;
}

/**
 * The steps of a run that wrote a log, each once: of each stage the earlier attempts first. A job that was not run again
 * with its stage is in several attempts with the same steps (RETRY-4).
 */
export function loggedSteps({ stages }: RunView): readonly LoggedStep[] {
  const seen = new Set<number>();
  return stages.flatMap((stage) =>
    [...(stage.previousAttempts ?? []), stage]
      .flatMap(({ jobs }) => jobs)
      .flatMap((job) =>
        job.steps.flatMap((step) => {
          const { log } = step;
          if (log === undefined || seen.has(log)) return [];
          seen.add(log);
          return [{ stage, job, step, log }];
        }),
      ),
  );
}
