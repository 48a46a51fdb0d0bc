import type { CheckAnswer, InvokeCheckEffect } from '@signalbox/engine';
import type { ProjectRow, TakenEffect } from '@signalbox/store';
import { EFFECT_LEASE_MS } from '../limits.ts';
import { isLasting, type OutboundResult } from '../outbound/outbound.ts';
import type { Progress } from '../work/effects.ts';
import { addToCheckLog, checkLogNumber } from './check-log.ts';
import { findCheck, openEvaluation, stagePlace, type FoundCheck } from './check-place.ts';
import { createCheckToken } from './check-token.ts';
import type { CheckDesk } from './desk.ts';
import type { IntendedCall } from './call.ts';
import { isAccepted, judge } from './judge.ts';
import { mask } from './mask.ts';
import { prepareCall, type PreparedCall } from './prepare-call.ts';
import { answerLines, requestLine } from './say.ts';

/** Deliveries of one request that is to be answered by a callback, before the evaluation has failed (GAP-26). */
const MOST_DELIVERIES = 3;

/**
 * Asks the service of a check, and tells the run what came of it. Asked again after a crash, it is the same evaluation:
 * the run takes one answer for each (HOOK-7). Nothing is sent for an evaluation that nobody waits for any more.
 */
export async function invokeCheck(
  desk: CheckDesk,
  effect: InvokeCheckEffect,
  taken: TakenEffect,
): Promise<Progress> {
  const { store } = desk;
  // What was left from before a restart is due before the server has its address.
  if (!URL.canParse(desk.baseUrl())) return { again: 'after', after: 500, note: 'The server starts.' };
  const run = await store.runs.get(effect.run);
  const project = await store.projects.get(effect.project);
  if (run === undefined || project === undefined) return 'done';
  const place = {
    run: run.id,
    stage: stagePlace(run, effect.stage),
    attempt: effect.attempt,
    check: effect.check,
  };
  const found = await findCheck(store, place);
  if (found === undefined || openEvaluation(found.check) !== effect.evaluation) return 'done';
  return ask(desk, { effect, taken, found, project });
}

interface Asking {
  readonly effect: InvokeCheckEffect;
  readonly taken: TakenEffect;
  readonly found: FoundCheck;
  readonly project: ProjectRow;
}

async function ask(desk: CheckDesk, asking: Asking): Promise<Progress> {
  const { effect, taken, found, project } = asking;
  const { place, stage } = found;
  const now = desk.clock();
  const token = await createCheckToken(desk.store, { project: project.id, place, stage: stage.name, now });
  const { evaluation } = effect;
  const prepared = await prepareCall(desk, found, { project, evaluation, accessToken: token.secret });
  if (!prepared.intent.ok) {
    await desk.store.tokens.revoke(token.id);
    return conclude(desk, asking, { answer: 'failed', message: prepared.intent.message });
  }
  const { call } = prepared.intent;
  await log(desk, asking, [requestLine(call.request, effect.evaluation, prepared.secrets)]);
  await keepEffect(desk, taken, call);
  const result = await desk.outbound.send(call.request);
  await log(desk, asking, answerLines(result, prepared.secrets));
  if (found.settings.completion === 'callback') return delivered(desk, asking, result);
  // Nobody else may answer for it, and the service has had its say.
  await desk.store.tokens.revoke(token.id);
  return conclude(desk, asking, judged(result, call, prepared));
}

/** A call that may take longer than an effect is left to its taker holds it for as long as it takes. */
async function keepEffect(
  { store }: CheckDesk,
  { id }: TakenEffect,
  { request }: IntendedCall,
): Promise<void> {
  const { timeoutMs = 0 } = request;
  if (timeoutMs * 1.5 <= EFFECT_LEASE_MS) return;
  await store.effects.postpone(id, { after: timeoutMs * 1.5, note: 'The service is being asked.' });
}

function judged(
  result: OutboundResult,
  { criteria }: IntendedCall,
  { secrets }: PreparedCall,
): Pick<CheckAnswer, 'answer' | 'message'> {
  const { passed, message } = judge(result, criteria);
  return { answer: passed ? 'passed' : 'failed', message: mask(message, secrets) };
}

/** In callback mode the service only has to take the request; the decision comes later (HOOK-5, HOOK-7, GAP-26). */
async function delivered(desk: CheckDesk, asking: Asking, result: OutboundResult): Promise<Progress> {
  const { message } = judge(result, undefined);
  if (isAccepted(result)) {
    const taken = `The service took the request (${result.status}) and is to call back.`;
    return conclude(desk, asking, { answer: 'accepted', message: taken });
  }
  const isOver = result.kind === 'failed' && isLasting(result.code);
  const { attempt } = asking.taken;
  if (!isOver && attempt < MOST_DELIVERIES) {
    await log(desk, asking, [
      `Delivery ${attempt} of ${MOST_DELIVERIES} was not taken; there will be another.`,
    ]);
    return { again: 'backOff', note: message };
  }
  return conclude(desk, asking, { answer: 'failed', message });
}

async function conclude(
  desk: CheckDesk,
  asking: Asking,
  said: Pick<CheckAnswer, 'answer' | 'message'>,
): Promise<'done'> {
  const { run, stage, attempt, check, evaluation } = asking.effect;
  await log(desk, asking, [`Evaluation ${evaluation}: ${said.answer}. ${said.message}`]);
  const body = { type: 'CheckAnswered', stage, attempt, check, evaluation, ...said } as const;
  await desk.store.inbox.submit([{ to: { kind: 'run', id: run }, body }]);
  return 'done';
}

function log({ store }: CheckDesk, { found }: Asking, lines: readonly string[]): Promise<number> {
  const { run, place } = found;
  return addToCheckLog(store, { run: run.id, log: checkLogNumber(place, run.stages.length) }, lines);
}
