import type { Instant, StageReason } from '@signalbox/model';
import { checkName, isRunning, kindOf, type CheckProgress, type RunningCheck } from '../check/check-run.ts';
import { approvalsOf } from '../check/checkpoint.ts';
import type { Refusal } from '../refusals.ts';
import { endStage } from './end-stage.ts';
import type { RunMessage } from './messages.ts';
import { withdrawLocks } from './stage-locks.ts';
import type { StageState } from './state.ts';
import { record, remind, stageOf, tellInterlocking, type Turn } from './turn.ts';

type ActOnCheck = Extract<RunMessage, { type: 'ActOnCheck' }>;
type CheckDue = Extract<RunMessage, { type: 'CheckDue' }>;

/**
 * A person acts on a check. It is judged as it stands at this instant, whatever timer has rung; one that is decided
 * stays so, and the act is refused (INV-30, APPR-17, GAP-48).
 */
export function actOnCheck(turn: Turn, message: ActOnCheck): void {
  const stage = stageOf(turn.state, message.stage);
  const known = stage?.attempt === message.attempt ? checkOf(stage, message.check) : undefined;
  if (stage === undefined || known === undefined) {
    return refuse(turn, { code: 'approval-not-found', message: 'The run has no such check.' });
  }
  lookAtCheck(turn, stage.name, message.check);
  const check = runningCheck(turn, stage.name, message.check);
  if (check === undefined) return refuse(turn, overRefusal(turn, stage.name, message.check));
  const { requestedBy, requestedFor } = turn.state;
  const context = {
    now: turn.now,
    by: message.by,
    requesters: [requestedFor, requestedBy],
    dueAt: check.dueAt,
  };
  const { settings } = check.configuration;
  const acted = kindOf(check).act({ settings, progress: check.progress }, message.act, context);
  if ('refusal' in acted) return refuse(turn, acted.refusal);
  move(turn, stage, check, { progress: acted.progress, by: message.by.name, act: message.act });
  lookAtCheck(turn, stage.name, message.check);
  const status = checkOf(stageOf(turn.state, stage.name), message.check)?.status ?? 'canceled';
  turn.reply = { ok: true, value: { status } };
}

/** A timer of a check; it only wakes, the time is compared here. */
export function checkDue(turn: Turn, { stage: name, attempt, check }: CheckDue): void {
  const stage = stageOf(turn.state, name);
  if (stage?.attempt === attempt) lookAtCheck(turn, stage.name, check);
}

/** Decides a check that can be decided now: by what was said, by a deferral that has come, or by its time-out. */
export function lookAtCheck(turn: Turn, name: string, number: number): void {
  const check = runningCheck(turn, name, number);
  const stage = stageOf(turn.state, name);
  if (check === undefined || stage === undefined) return;
  const kind = kindOf(check);
  const { settings } = check.configuration;
  // What counts only after the time-out comes too late (GAP-23).
  const now = Math.min(turn.now, check.dueAt);
  const progress = kind.pass({ settings, progress: check.progress }, now);
  const verdict = kind.verdict({ settings, progress });
  if (verdict === 'approved') return end(turn, stage, check, { status: verdict, progress });
  if (verdict === 'rejected') {
    const message = `${checkName(check)}: ${kind.why(progress)}.`;
    return end(turn, stage, check, { status: verdict, progress, message });
  }
  if (check.dueAt <= turn.now) {
    const message = `Nobody decided within ${check.configuration.timeoutMinutes} minutes.`;
    return end(turn, stage, check, {
      status: 'timedOut',
      progress: kind.close(progress, 'timedOut'),
      message,
    });
  }
  if (JSON.stringify(progress) !== JSON.stringify(check.progress)) move(turn, stage, check, { progress });
  else wake(turn, stage, check, kind.wakeAt(progress));
}

function wake(
  turn: Turn,
  { name: stage, attempt }: StageState,
  check: RunningCheck,
  at: Instant | undefined,
): void {
  if (at !== undefined && at > turn.now)
    remind(turn, at, { type: 'CheckDue', stage, attempt, check: check.number });
}

interface Movement {
  readonly progress: CheckProgress;
  readonly by?: string;
  readonly act?: ActOnCheck['act'];
}

function move(turn: Turn, { name: stage }: StageState, { number }: RunningCheck, what: Movement): void {
  record(turn, { type: 'CheckMoved', stage, check: number, at: turn.now, ...what });
}

interface End {
  readonly status: 'approved' | 'rejected' | 'timedOut';
  readonly progress: CheckProgress;
  readonly message?: string;
}

/** The check is decided: the checkpoint goes on, or the stage ends as the outcome table says (CHK-30). */
function end(turn: Turn, stage: StageState, check: RunningCheck, what: End): void {
  record(turn, { type: 'CheckEnded', stage: stage.name, check: check.number, at: turn.now, ...what });
  if (what.status === 'approved') return tellApproved(turn, stage);
  const now = stageOf(turn.state, stage.name);
  if (now !== undefined) deny(turn, now, check, what);
}

function deny(turn: Turn, stage: StageState, check: RunningCheck, { status, message = '' }: End): void {
  const kind = kindOf(check);
  const name = checkName(check);
  const reason: StageReason =
    status === 'timedOut'
      ? { kind: 'checkTimedOut', check: name, minutes: check.configuration.timeoutMinutes }
      : { kind: 'checkRejected', check: name, message };
  // A deployment that took place was not skipped, whatever nobody said about it afterwards (CLASSIC-13).
  if (check.category === 'postDeployment') return endStage(turn, stage, 'failed', reason);
  if (stage.checkpoint?.locks !== 'notAsked') withdrawLocks(turn, stage.name, stage.attempt);
  endStage(turn, stage, status === 'timedOut' ? kind.onTimeOut : kind.onRejected, reason);
}

/** The interlocking learns of the last approval at once; other checks may still be to come (Q3, GAP-48). */
function tellApproved(turn: Turn, { name }: StageState): void {
  const stage = stageOf(turn.state, name);
  const checkpoint = stage?.checkpoint;
  if (stage?.phase !== 'waiting' || checkpoint === undefined || checkpoint.locks === 'notAsked') return;
  if (approvalsOf(checkpoint).some(({ status }) => status !== 'approved')) return;
  const { id: run } = turn.state;
  tellInterlocking(turn, { type: 'ApprovalGiven', run, stage: stage.name, attempt: stage.attempt });
}

function checkOf(stage: StageState | undefined, number: number) {
  return stage?.checkpoint?.checks.find((check) => check.number === number);
}

function runningCheck(turn: Turn, stage: string, number: number): RunningCheck | undefined {
  const check = checkOf(stageOf(turn.state, stage), number);
  return check !== undefined && isRunning(check) ? check : undefined;
}

function overRefusal(turn: Turn, stage: string, number: number): Refusal {
  const check = checkOf(stageOf(turn.state, stage), number);
  if (check?.status === 'queued') {
    const message = 'The approval is not asked for yet: what comes before it has not passed.';
    return { code: 'approval-not-your-turn', message };
  }
  const why = check?.message === undefined ? '' : ` ${check.message}`;
  return { code: 'approval-over', message: `The approval is over: ${check?.status ?? 'canceled'}.${why}` };
}

function refuse(turn: Turn, refusal: Refusal): void {
  turn.reply = { ok: false, refusal };
}
