import { earlierAttempts, type StageState } from '@signalbox/engine';
import type { Act } from './check-acts.ts';
import type { OneRun } from './one-run.ts';

/** What people do about stages that are over or that wait for them: `retry A with all jobs`, `start B by hand`. */
export const RETRY_ACTS: readonly (readonly [RegExp, Act])[] = [
  [
    /^retry(?: (\S+))??( with all jobs)?( alone)?$/,
    (run, [stage = '', all = '', alone = '']) =>
      run.tell({
        type: 'Retry',
        by: 'eve',
        allJobs: all !== '',
        alone: alone !== '',
        ...(stage !== '' && { stage }),
      }).reply,
  ],
  [/^start (\S+) by hand$/, (run, [stage = '']) => run.tell({ type: 'StartStage', stage, by: 'eve' }).reply],
];

/** The attempts of a stage before its latest, with their jobs: `1 failed: a succeeded, b failed#2`. */
export function earlierLines({ state }: OneRun, name: string): readonly string[] {
  return earlierAttempts(state, name).map((stage) => {
    const jobs = stage.jobs.map(jobWords).join(', ');
    return `${stage.attempt} ${stage.result}: ${jobs}`;
  });
}

function jobWords({ name, attempt, ...job }: StageState['jobs'][number]): string {
  const result = job.phase === 'completed' ? job.result : job.phase;
  return `${name} ${result}${attempt === 1 ? '' : `#${attempt}`}`;
}
