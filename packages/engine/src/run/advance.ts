import { advanceCheckpoint } from './checkpoint.ts';
import { decideJob } from './job.ts';
import { tellHolders } from './holders.ts';
import type { StageView } from './plan-view.ts';
import { runResult } from './roll-up.ts';
import { completeStage, decideStage, releaseDrained } from './stage.ts';
import { record, stageOf, type Turn } from './turn.ts';

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
  for (const job of stage.jobsInOrder) decideJob(turn, stage, job);
  completeStage(turn, stage);
}

/** A run is over when no stage is under way; what has not started then only waits for a person (RUN-3, MAN-3, MAN-5). */
export function completeRun(turn: Turn): void {
  const { stages, cancel } = turn.state;
  if (stages.some((stage) => stage.phase === 'waiting' || stage.phase === 'running')) return;
  record(turn, { type: 'RunCompleted', at: turn.now, result: runResult(stages, cancel !== undefined) });
}
