import type { JobView, RunView, StageView, StepView } from '@signalbox/api';
import { fold } from '@signalbox/model';

/** What the page of a run shows beside its graph. */
export interface RunFocus {
  /** The stage whose inside is shown; undefined: the run has none. */
  readonly stage: StageView | undefined;
  /** The log beside it; undefined: nothing has a log yet. */
  readonly log: number | undefined;
}

/**
 * What to look at. Whoever names a stage or a log gets it; otherwise the page chooses what one would look for: what
 * failed, then what waits for somebody, then what runs, then what was last.
 */
export function runFocus(
  run: RunView,
  wanted: { readonly stage?: string | undefined; readonly log?: number | undefined },
): RunFocus {
  const { log } = wanted;
  if (log !== undefined) {
    const owner = run.stages.find((stage) => hasLog(stage, log));
    return { stage: owner ?? stageOfInterest(run), log };
  }
  const name = wanted.stage;
  const named = name === undefined ? undefined : run.stages.findLast((one) => fold(one.name) === fold(name));
  const stage = named ?? stageOfInterest(run);
  return { stage, log: stage === undefined ? undefined : logOfInterest(stage) };
}

function stageOfInterest({ stages }: RunView): StageView | undefined {
  return (
    stages.find(({ result }) => result === 'failed') ??
    stages.find(({ state, approvals }) => state === 'waiting' && approvals !== undefined) ??
    stages.find(({ state }) => state === 'running' || state === 'draining') ??
    stages.find(({ state }) => state === 'waiting') ??
    stages.findLast(({ state, result }) => state === 'completed' && result !== 'skipped') ??
    stages[0]
  );
}

/** The log that somebody who opens a stage looks for: of what failed, of what runs, of what ran last. */
function logOfInterest({ jobs }: StageView): number | undefined {
  const steps = jobs.flatMap((job) => job.steps).filter(({ log }) => log !== undefined);
  const failed = steps.find(({ result }) => result === 'failed');
  const running = steps.findLast(({ state }) => state === 'inProgress');
  const work = steps.filter(isWork);
  return (failed ?? running ?? work.at(-1) ?? steps.at(-1))?.log;
}

/** What the agent does by itself around the steps of the file says little. */
function isWork({ displayName }: StepView): boolean {
  return !/^(Initialize job|Finalize Job|Post-job: |Checkout )/.test(displayName);
}

function hasLog(stage: StageView, log: number): boolean {
  const jobs: readonly JobView[] = [
    ...stage.jobs,
    ...(stage.previousAttempts ?? []).flatMap((attempt) => attempt.jobs),
  ];
  if (stage.checks?.some((check) => check.log === log) === true) return true;
  return jobs.some(({ steps }) => steps.some((step) => step.log === log));
}
