import type { Instant, NodeResult, StageReason } from '@signalbox/model';
import {
  checkName,
  isApproval,
  isPassed,
  kindOf,
  type CheckProgress,
  type CheckRun,
  type OpenCheck,
} from '../check/check-run.ts';
import { approvalsOf } from '../check/checkpoint.ts';
import type { CheckFacts } from '../check/kind.ts';
import { factsFor } from './check-facts.ts';
import { endStage } from './end-stage.ts';
import { openCheck, recordCheck, wake } from './record-check.ts';
import { withdrawLocks } from './stage-locks.ts';
import type { StageState } from './state.ts';
import { stageOf, tellInterlocking, type Turn } from './turn.ts';

/**
 * Judges a check as it stands at this instant: it passes, says no, lapses or times out; else it waits on. Of no effect
 * upon one that is decided for good, or whose stage has started and is not to wait for it any more.
 */
export function lookAtCheck(turn: Turn, name: string, number: number): void {
  const stage = stageOf(turn.state, name);
  const check = openCheck(stage, number);
  if (stage === undefined || check === undefined) return;
  const now = instantFor(turn, check);
  if (check.status === 'deferred' && (check.deferredUntil ?? now) > now && check.dueAt > turn.now) return;
  const facts = factsFor(turn, check);
  if (facts === undefined) return;
  judgeCheck(turn, { stage, check }, progressAt(check, now, facts));
}

/** What counts only after the time-out of a check that is open comes too late (GAP-23). */
function instantFor({ now }: Turn, { status, dueAt }: OpenCheck): Instant {
  return status === 'approved' ? now : Math.min(now, dueAt);
}

/** A deferral that is over is an evaluation anew. */
function progressAt(check: OpenCheck, now: Instant, facts: CheckFacts): CheckProgress {
  const kind = kindOf(check);
  const { settings } = check.configuration;
  const { progress } = check;
  if (check.status === 'deferred' && kind.evaluate !== undefined) {
    return kind.evaluate({ settings, progress }, now);
  }
  return kind.pass({ settings, progress }, now, facts);
}

interface AtCheck {
  readonly stage: StageState;
  readonly check: OpenCheck;
}

/** Records what a check has come to, and what follows from it. */
export function judgeCheck(turn: Turn, { stage, check }: AtCheck, progress: CheckProgress): void {
  const { settings } = check.configuration;
  const verdict = kindOf(check).verdict({ settings, progress });
  if (verdict === 'approved') return approve(turn, { stage, check }, { progress });
  if (typeof verdict === 'object' && verdict.approvedUntil > turn.now) {
    return approve(turn, { stage, check }, { progress, until: verdict.approvedUntil });
  }
  if (verdict === 'rejected') {
    const message = `${checkName(check)}: ${kindOf(check).why(progress)}.`;
    return end(turn, { stage, check }, { status: verdict, progress, message });
  }
  if (verdict === 'timedOut' || check.dueAt <= turn.now) return timeOut(turn, { stage, check }, progress);
  waitOn(turn, { stage, check }, progress);
}

function waitOn(turn: Turn, { stage, check }: AtCheck, progress: CheckProgress): void {
  const place = { stage: stage.name, check: check.number, at: turn.now, progress };
  if (check.status === 'approved') {
    const why = kindOf(check).why(progress);
    recordCheck(turn, stage, { type: 'CheckLapsed', ...place, ...(why !== '' && { message: `${why}.` }) });
  } else if (check.status === 'deferred' || !isSame(progress, check.progress)) {
    recordCheck(turn, stage, { type: 'CheckMoved', ...place });
  }
  wake(turn, stage, check.number);
}

/** Nobody, or nothing, said yes in time. */
function timeOut(turn: Turn, { stage, check }: AtCheck, progress: CheckProgress): void {
  const kind = kindOf(check);
  const { timeoutMinutes } = check.configuration;
  const why = kind.why(progress);
  const message = isApproval(check)
    ? `Nobody decided within ${timeoutMinutes} minutes.`
    : `It did not pass within ${timeoutMinutes} minutes${why === '' ? '' : `: ${why}`}.`;
  end(turn, { stage, check }, { status: 'timedOut', progress: kind.close(progress, 'timedOut'), message });
}

function approve(
  turn: Turn,
  { stage, check }: AtCheck,
  what: { readonly progress: CheckProgress; readonly until?: Instant },
): void {
  const { name } = stage;
  if (check.status !== 'approved') end(turn, { stage, check }, { status: 'approved', ...what });
  else if (what.until !== check.validUntil || !isSame(what.progress, check.progress)) {
    recordCheck(turn, stage, { type: 'CheckMoved', stage: name, check: check.number, at: turn.now, ...what });
  }
  wake(turn, stage, check.number);
}

interface End {
  readonly status: 'approved' | 'rejected' | 'timedOut';
  readonly progress: CheckProgress;
  readonly until?: Instant;
  readonly message?: string;
}

/** The check is decided: the checkpoint goes on, or the stage ends as the outcome table says (CHK-30). */
function end(turn: Turn, { stage, check }: AtCheck, what: End): void {
  const place = { stage: stage.name, check: check.number, at: turn.now };
  recordCheck(turn, stage, { type: 'CheckEnded', ...place, ...what });
  if (what.status === 'approved') return tellApproved(turn, stage, check);
  const now = stageOf(turn.state, stage.name);
  if (now !== undefined) deny(turn, { stage: now, check }, what);
}

function deny(turn: Turn, { stage, check }: AtCheck, { status, message = '' }: End): void {
  const kind = kindOf(check);
  const name = checkName(check);
  const reason: StageReason =
    status === 'timedOut'
      ? { kind: 'checkTimedOut', check: name, minutes: check.configuration.timeoutMinutes }
      : { kind: 'checkRejected', check: name, message };
  // The job goes on by itself: its step reads how the check ended (JOB-7).
  if (check.category === 'inJob') return;
  // A deployment that took place was not skipped, whatever nobody said about it afterwards (CLASSIC-13).
  if (check.category === 'postDeployment') return endStage(turn, stage, 'failed', reason);
  denyStage(turn, stage, { result: status === 'timedOut' ? onTimeOut(check) : kind.onRejected, reason });
}

/** As the kind has it, unless the settings say that the stage fails (CHK-30, GAP-9). */
function onTimeOut(check: CheckRun): NodeResult {
  const { settings } = check.configuration;
  return 'onTimeout' in settings && settings.onTimeout === 'fail' ? 'failed' : kindOf(check).onTimeOut;
}

/** Ends a stage whose checkpoint says no, and takes it out of the queues of its locks (CHK-21). */
export function denyStage(
  turn: Turn,
  stage: StageState,
  { result, reason }: { readonly result: NodeResult; readonly reason: StageReason },
): void {
  if (stage.checkpoint?.locks !== 'notAsked') withdrawLocks(turn, stage.name, stage.attempt);
  endStage(turn, stage, result, reason);
}

/** The interlocking learns of the last approval at once; other checks may still be to come (Q3, GAP-48). */
export function tellApproved(turn: Turn, { name }: StageState, check: CheckRun): void {
  const stage = stageOf(turn.state, name);
  const checkpoint = stage?.checkpoint;
  if (stage?.phase !== 'waiting' || checkpoint === undefined || checkpoint.locks === 'notAsked') return;
  if (!isApproval(check) || !approvalsOf(checkpoint).every(isPassed)) return;
  const { id: run } = turn.state;
  tellInterlocking(turn, { type: 'ApprovalGiven', run, stage: stage.name, attempt: stage.attempt });
}

function isSame(one: CheckProgress, other: CheckProgress): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
