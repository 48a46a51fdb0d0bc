import { advanceCheckpoint } from './checkpoint.ts';
import { continueJob, decideJob } from './job.ts';
import { tellHolders } from './holders.ts';
import type { StageView } from './plan-view.ts';
import { runResult } from './roll-up.ts';
import { completeStage, decideStage, releaseDrained } from './stage.ts';
import { advanceServerJob } from './server-job.ts';
import { keyOf, record, stageOf, type Turn } from './turn.ts';

/**
 * Looks at the whole graph again (RUN-1): starts or skips every node that has become decidable, ends stages
 * whose jobs are over, gives locks back, and ends the run when nothing can happen any more.
 */
export function advance(turn: Turn): void {
  if (turn.state.status === 'notStarted') return;
  if (turn.state.status !== 'completed') {
    // Stages stand after those they depend on, so one pass settles all of them.
    for (const stage of turn.view.inOrder) {
      decideStage(turn, stage);
      advanceCheckpoint(turn, stage);
      advanceJobs(turn, stage);
    }
    completeRun(turn);
  }
  releaseDrained(turn);
  tellHolders(turn);
}

function advanceJobs(turn: Turn, stage: StageView): void {
  if (stageOf(turn.state, stage.plan.name)?.phase !== 'running') return;
  advanceServerJobs(turn, stage);
  for (const job of stage.jobsInOrder) decideJob(turn, stage, job);
  completeStage(turn, stage);
}

/** Decisions and cancels move steps on the server; before other jobs, which may depend on them (JOB-7). */
function advanceServerJobs(turn: Turn, { plan }: StageView): void {
  const stage = stageOf(turn.state, plan.name);
  for (const job of stage?.jobs ?? []) {
    for (const instance of job.instances) {
      if (stage === undefined || instance.phase !== 'onServer') continue;
      const key = keyOf(stage, job, instance);
      if (advanceServerJob(turn, key)) continueJob(turn, key);
    }
  }
}

/** A run is over when no stage is under way; what has not started then only waits for a person (RUN-3, MAN-3, MAN-5). */
export function completeRun(turn: Turn): void {
  const { stages, cancel } = turn.state;
  if (stages.some((stage) => stage.phase === 'waiting' || stage.phase === 'running')) return;
  record(turn, { type: 'RunCompleted', at: turn.now, result: runResult(stages, cancel !== undefined) });
}
