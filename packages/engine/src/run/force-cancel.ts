import { reasonRefusal } from '../interlocking/operate.ts';
import type { Refusal } from '../refusals.ts';
import { notToCancel } from './cancel.ts';
import { cancelJob } from './job.ts';
import type { RunMessage } from './messages.ts';
import { endStage } from './end-stage.ts';
import { cancelWaitingStage } from './stage.ts';
import type { StageState } from './state.ts';
import { record, stageOf, type Turn } from './turn.ts';

type ForceCancel = Extract<RunMessage, { type: 'ForceCancel' }>;

/**
 * Ends a run, or one of its stages, at once: no condition is asked, no clean-up runs, and `cancel: afterStage`
 * does not count (CANCEL-13, U8). Locks stay until agents confirm, or their time is over (LAW-8). Replies whether
 * it changed anything.
 */
export function forceCancel(turn: Turn, message: ForceCancel): void {
  const refusal = reasonRefusal(message.reason) ?? refusalOf(turn, message);
  if (refusal !== undefined) {
    turn.reply = { ok: false, refusal };
    return;
  }
  const before = turn.events.length;
  if (message.stage === undefined) forceRun(turn, message);
  else forceStage(turn, stageOf(turn.state, message.stage), message);
  turn.reply = { ok: true, value: { changed: turn.events.length > before } };
}

function refusalOf({ state }: Turn, { stage }: ForceCancel): Refusal | undefined {
  return stage === undefined ? undefined : notToCancel(stageOf(state, stage), stage);
}

function forceRun(turn: Turn, { by, reason }: ForceCancel): void {
  const { status, forced } = turn.state;
  if (status === 'completed' || forced !== undefined) return;
  record(turn, { type: 'RunCancelForced', at: turn.now, by, reason });
  for (const stage of turn.state.stages) {
    if (stage.phase === 'waiting') cancelWaitingStage(turn, stage, by);
    if (stage.phase === 'notStarted') endStage(turn, stage, 'skipped', { kind: 'canceled', by });
    if (stage.phase === 'running') kill(turn, stage, by);
  }
}

/** Ends a stage at once that waits or runs; any other stays as it is. */
export function forceStage(
  turn: Turn,
  stage: StageState | undefined,
  { by, reason }: Pick<ForceCancel, 'by' | 'reason'>,
): void {
  if (stage?.phase === 'waiting') cancelWaitingStage(turn, stage, by);
  if (stage?.phase !== 'running' || stage.forced !== undefined) return;
  record(turn, { type: 'StageCancelForced', stage: stage.name, by, reason, at: turn.now });
  kill(turn, stage, by);
}

function kill(turn: Turn, { name, jobs }: StageState, by: string): void {
  const stage = stageOf(turn.state, name);
  if (stage?.phase !== 'running') return;
  if (!stage.cancelling) record(turn, { type: 'StageCancelling', stage: name, by, at: turn.now });
  for (const job of jobs) {
    if (job.phase === 'running') cancelJob(turn, stage, job, 'forced');
    if (job.phase === 'notStarted')
      record(turn, { type: 'JobCompleted', stage: name, job: job.name, at: turn.now, result: 'skipped' });
  }
}
