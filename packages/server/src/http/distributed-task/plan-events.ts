import { randomUUID } from 'node:crypto';
import { TASK_RESULT, type EnumTable } from '@signalbox/api';
import { MAX_EVALUATIONS, fold } from '@signalbox/model';
import { addToCheckLog, checkLogNumber } from '../../checks/check-log.ts';
import { findCheck, openEvaluation, taskIdOf, type FoundCheck } from '../../checks/check-place.ts';
import type { Ask } from '../ask.ts';
import { badRequest, conflict, Problem } from '../problem.ts';
import { ownCheck } from './own-check.ts';

/** What a service can say of its task; only the last one decides. */
const EVENTS: EnumTable<'TaskAssigned' | 'TaskStarted' | 'TaskCompleted'> = {
  TaskAssigned: 0,
  TaskStarted: 1,
  TaskCompleted: 2,
};

/**
 * A service decides its check (HOOK-5). 204 whether it counts or not: what comes twice, or after the decision, changes
 * nothing (HOOK-7), and a service that sends again because it did not hear the answer has done no harm.
 */
export async function sendPlanEvent(ask: Ask): Promise<undefined> {
  const body = ask.body();
  const event = body.word('name', EVENTS);
  if (event === undefined) throw badRequest('"name" is missing; a decision is called TaskCompleted.');
  const jobId = body.text('jobId');
  if (jobId === undefined) throw badRequest('"jobId" is missing; send the JobId that came with the request.');
  const { place } = await ownCheck(ask, jobId);
  const result = body.word('result', TASK_RESULT);
  const taskId = body.text('taskId');
  if (event === 'TaskCompleted') {
    if (result === undefined) throw badRequest('"result" is missing; it is succeeded or failed.');
    if (taskId === undefined)
      throw badRequest('"taskId" is missing; send the TaskInstanceId that came with the request.');
    const found = await findCheck(ask.app.store, place);
    if (found !== undefined) await decide(ask, found, { taskId, result });
  }
  await ask.reply.code(204).send();
  return undefined;
}

async function decide(
  ask: Ask,
  found: FoundCheck,
  { taskId, result }: { readonly taskId: string; readonly result: keyof typeof TASK_RESULT },
): Promise<void> {
  if (found.settings.completion !== 'callback') {
    const message = 'The check is decided by the answer to its request, not by a callback.';
    throw conflict('TaskEventRefusedException', message);
  }
  const evaluation = evaluationOf(found, taskId);
  if (evaluation === undefined) throw badRequest('"taskId" is no evaluation of this check.');
  if (evaluation !== openEvaluation(found.check)) return;
  const { place, run, stage } = found;
  const passed = result === 'succeeded' || result === 'succeededWithIssues';
  const body = {
    type: 'CheckAnswered',
    stage: stage.name,
    attempt: place.attempt,
    check: place.check,
    evaluation,
    answer: passed ? 'passed' : 'failed',
    message: `The service called back: ${result}.`,
  } as const;
  const { store } = ask.app;
  const reply = await store.inbox.execute({ to: { kind: 'run', id: run.id }, body }, randomUUID());
  if (!reply.ok) throw new Problem(503, 'ServiceUnavailableException', reply.refusal.message);
  const log = { run: run.id, log: checkLogNumber(place, run.stages.length) };
  await addToCheckLog(store, log, [`Evaluation ${evaluation}: ${body.answer}. ${body.message}`]);
}

/** The evaluation of an id, this one or an earlier one. */
function evaluationOf({ place, check }: FoundCheck, taskId: string): number | undefined {
  const latest = check.progress?.kind === 'invoke' ? check.progress.evaluation : 0;
  for (let evaluation = Math.min(latest, MAX_EVALUATIONS); evaluation >= 1; evaluation -= 1) {
    if (taskIdOf(place, evaluation) === fold(taskId)) return evaluation;
  }
  return undefined;
}
