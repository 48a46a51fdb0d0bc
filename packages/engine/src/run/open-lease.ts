import type { StageState } from './state.ts';

/** Whether a process of one of its jobs may still act: no report, and no word of the pool, closed its lease (LAW-8). */
export function hasOpenLease(stage: StageState): boolean {
  return stage.jobs.some((job) =>
    job.instances.some((one) => one.phase !== 'queued' && one.lease?.open === true),
  );
}
