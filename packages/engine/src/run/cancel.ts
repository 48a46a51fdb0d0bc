import { fold } from '@signalbox/model';
import type { Refusal } from '../refusals.ts';
import { jobVerdict, runParent, stageVerdict } from './conditions.ts';
import { completeRun } from './advance.ts';
import { boundWait } from './instance.ts';
import { cancelJob } from './job.ts';
import { deferCancel } from './protect.ts';
import { endStage } from './end-stage.ts';
import { cancelWaitingStage } from './stage.ts';
import type { JobState, StageState } from './state.ts';
import { keyOf, placeOf, record, stageOf, stageView, type Turn } from './turn.ts';

/** Cancels the run (CANCEL-1 to CANCEL-5). A second request, or one for a run that is over, changes nothing (CANCEL-13). */
export function cancelRun(turn: Turn, by: string): void {
  const { status, cancel, stages } = turn.state;
  if (status !== 'completed' && cancel === undefined) {
    record(turn, { type: 'RunCancelRequested', at: turn.now, by });
    if (stages.some(hasStarted)) descend(turn, by);
    else cancelAtOnce(turn, by);
  }
  turn.reply = { ok: true, value: { status: turn.state.status } };
}

/** Cancels one stage; the run goes on, and its dependents see a canceled stage (CANCEL-11). */
export function cancelStage(turn: Turn, name: string, by: string): void {
  const stage = stageOf(turn.state, name);
  const refusal = notToCancel(stage, name);
  if (stage === undefined || refusal !== undefined) {
    if (refusal !== undefined) turn.reply = { ok: false, refusal };
    return;
  }
  if (stage.phase === 'waiting') cancelWaitingStage(turn, stage, by);
  if (stage.phase === 'running' && !deferCancel(turn, stage, 'stage', by))
    cancelRunningStage(turn, stage, by);
  turn.reply = { ok: true, value: null };
}

/** Why a stage alone cannot be cancelled; undefined when it can, or need not because it is over (CANCEL-11). */
export function notToCancel(stage: StageState | undefined, name: string): Refusal | undefined {
  if (stage === undefined) return { code: 'stage-not-found', message: `The run has no stage '${name}'.` };
  if (stage.phase !== 'notStarted') return undefined;
  const message = `Stage '${stage.name}' has not started, so there is nothing to cancel.`;
  return { code: 'stage-not-started', message };
}

function hasStarted(stage: StageState): boolean {
  return stage.phase === 'running' || (stage.phase === 'completed' && stage.startTime !== undefined);
}

/** A run that has not started any stage ends as a whole, `always()` stages included (CANCEL-1). */
function cancelAtOnce(turn: Turn, by: string): void {
  for (const stage of turn.state.stages) {
    if (stage.phase === 'waiting') cancelWaitingStage(turn, stage, by);
    if (stage.phase === 'notStarted') endStage(turn, stage, 'skipped', { kind: 'canceled', by });
  }
  completeRun(turn);
}

/**
 * Tells the stages under way (CANCEL-2), those excepted that a lock protects until they are over (Q6). A stage whose condition stays true survives and shields its jobs
 * (CANCEL-4); those that have not started are decided when their dependencies are over.
 */
function descend(turn: Turn, by: string): void {
  for (const stage of turn.state.stages) {
    if (stage.phase !== 'waiting' && stage.phase !== 'running') continue;
    if (deferCancel(turn, stage, 'run', by)) continue;
    const view = stageView(turn.view, stage.name);
    const survives = stageVerdict(turn.state, turn.view, view, runParent(turn.state)).kind === 'true';
    if (survives) boundWaits(turn, stage);
    else if (stage.phase === 'waiting') cancelWaitingStage(turn, stage, by);
    else cancelRunningStage(turn, stage, by);
  }
}

/** Goes on with the jobs under way (CANCEL-3); those that have not started are decided in a stage that is Canceling. */
function cancelRunningStage(turn: Turn, stage: StageState, by: string): void {
  if (stage.phase !== 'running' || stage.cancelling) return;
  record(turn, { type: 'StageCancelling', stage: stage.name, by, at: turn.now });
  const view = stageView(turn.view, stage.name);
  for (const job of stage.jobs) {
    const plan = view.jobs.get(fold(job.name));
    if (job.phase !== 'running' || plan === undefined) continue;
    const verdict = jobVerdict(turn.state, turn.view, { stage: view, job: plan }, 'canceling');
    if (verdict.kind === 'true') boundWaitsOf(turn, stage, job);
    else cancelJob(turn, stage, job);
  }
}

function boundWaits(turn: Turn, stage: StageState): void {
  for (const job of stage.jobs) boundWaitsOf(turn, stage, job);
}

function boundWaitsOf(turn: Turn, stage: StageState, job: JobState): void {
  for (const instance of job.instances) {
    const place = placeOf(turn.state, keyOf(stage, job, instance));
    if (place !== undefined) boundWait(turn, place);
  }
}
