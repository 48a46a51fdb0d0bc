import { kindOf } from '../check/check-run.ts';
import type { Refusal } from '../refusals.ts';
import { requestersOf } from './check-facts.ts';
import { judgeCheck, lookAtCheck } from './look-at-check.ts';
import type { RunMessage } from './messages.ts';
import { checkOf, lookLater, openCheck, recordCheck } from './record-check.ts';
import { earlierAttempts } from './retry/evolve-retry.ts';
import type { StageState } from './state.ts';
import { stageOf, type Turn } from './turn.ts';

type ActOnCheck = Extract<RunMessage, { type: 'ActOnCheck' }>;
type CheckAnswered = Extract<RunMessage, { type: 'CheckAnswered' }>;
type CheckDue = Extract<RunMessage, { type: 'CheckDue' }>;

/**
 * A person acts on a check. It is judged as it stands at this instant, whatever timer has rung; one that is decided
 * stays so, and the act is refused (INV-30, APPR-17, GAP-48).
 */
export function actOnCheck(turn: Turn, message: ActOnCheck): void {
  const stage = stageInAttempt(turn, message);
  const known = checkOf(stage, message.check);
  if (earlierAttempts(turn.state, message.stage).some(({ attempt }) => attempt === message.attempt)) {
    const text = `Stage '${message.stage}' has been run again since; its new attempt asks anew.`;
    return refuse(turn, { code: 'approval-over', message: text });
  }
  if (stage === undefined || known === undefined || kindOf(known).act === undefined) {
    return refuse(turn, { code: 'approval-not-found', message: 'The run has no such approval.' });
  }
  lookAtCheck(turn, stage.name, message.check);
  const check = openCheck(stageOf(turn.state, stage.name), message.check);
  if (check === undefined) return refuse(turn, overRefusal(turn, stage.name, message.check));
  const { now } = turn;
  const context = { now, by: message.by, requesters: requestersOf(turn.state), dueAt: check.dueAt };
  const { settings } = check.configuration;
  const acted = kindOf(check).act?.({ settings, progress: check.progress }, message.act, context);
  if (acted === undefined) return;
  if ('refusal' in acted) return refuse(turn, acted.refusal);
  const place = { stage: stage.name, check: check.number, at: now };
  const what = { progress: acted.progress, by: message.by.name, act: message.act };
  recordCheck(turn, stage, { type: 'CheckMoved', ...place, ...what });
  lookAtCheck(turn, stage.name, message.check);
  replyStatus(turn, stage.name, message.check);
}

/** The service of a check says something about the evaluation under way; anything else changes nothing (HOOK-7). */
export function checkAnswered(turn: Turn, message: CheckAnswered): void {
  const stage = stageInAttempt(turn, message);
  if (stage !== undefined) lookAtCheck(turn, stage.name, message.check);
  const changed = stage !== undefined && takeAnswer(turn, stage.name, message);
  turn.reply = { ok: true, value: { changed } };
}

function takeAnswer(turn: Turn, name: string, message: CheckAnswered): boolean {
  const stage = stageOf(turn.state, name);
  const check = openCheck(stage, message.check);
  // What an operator has put off asks anew at its time.
  if (stage === undefined || check === undefined || check.status === 'deferred') return false;
  const { settings } = check.configuration;
  const progress = kindOf(check).answer?.({ settings, progress: check.progress }, message, turn.now);
  if (progress !== undefined) judgeCheck(turn, { stage, check }, progress);
  return progress !== undefined;
}

/** A timer of a check; it only wakes, the time is compared here. */
export function checkDue(turn: Turn, message: CheckDue): void {
  const stage = stageInAttempt(turn, message);
  if (stage === undefined) return;
  lookAtCheck(turn, stage.name, message.check);
  lookLater(turn, stage, message.check);
}

/** Replies how the check stands now. */
export function replyStatus(turn: Turn, stage: string, number: number): void {
  const status = checkOf(stageOf(turn.state, stage), number)?.status ?? 'canceled';
  turn.reply = { ok: true, value: { status } };
}

/** The stage, if the message speaks of its latest attempt. */
export function stageInAttempt(
  turn: Turn,
  { stage: name, attempt }: { readonly stage: string; readonly attempt: number },
): StageState | undefined {
  const stage = stageOf(turn.state, name);
  return stage?.attempt === attempt ? stage : undefined;
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

/** Refuses the command; nothing changes. */
export function refuse(turn: Turn, refusal: Refusal): void {
  turn.reply = { ok: false, refusal };
}
