import type { EnumTable } from '@signalbox/api';
import type { JobReport, StepState } from '@signalbox/engine';
import type { NodeResult } from '@signalbox/model';
import { STEPS_PER_JOB, VALUE_LENGTH } from '../../limits.ts';
import { badRequest } from '../problem.ts';
import { fieldsOf, type Fields } from '../read/fields.ts';
import { required, requiredNumber } from './agent-caller.ts';

const RESULT: EnumTable<NodeResult> = {
  succeeded: 0,
  succeededWithIssues: 1,
  failed: 2,
  canceled: 3,
  skipped: 4,
  abandoned: 5,
};
const STEP_STATE: EnumTable<StepState['state']> = { inProgress: 1, completed: 2 };
const KIND: EnumTable<JobReport['kind']> = { started: 0, step: 1, output: 2, finished: 3 };
const ISSUE: EnumTable<'error' | 'warning'> = { error: 1, warning: 2 };
// The service shows the first ten of each kind; more would only make rows heavy.
const ISSUES_KEPT = 20;
const MESSAGE_LENGTH = 4000;

/** Reads the facts of a report, in their order. */
export function readFacts(facts: readonly unknown[]): readonly JobReport[] {
  return facts.map((fact) => readFact(fieldsOf(fact, 'Each fact')));
}

function readFact(fact: Fields): JobReport {
  const kind = fact.word('kind', KIND);
  switch (kind) {
    case 'started':
      return { kind: 'started', at: requiredNumber(fact, 'at') };
    case 'step':
      return { kind: 'step', step: readStep(fact.object('step')) };
    case 'output':
      return {
        kind: 'output',
        name: required(fact, 'name'),
        value: fact.text('value', VALUE_LENGTH) ?? '',
        secret: fact.flag('secret') ?? false,
      };
    case 'finished':
      return readFinished(fact);
    case undefined:
      throw badRequest('"kind" is missing.');
  }
}

function readFinished(fact: Fields): JobReport {
  const result = fact.word('result', RESULT);
  if (result === undefined) throw badRequest('"result" is missing.');
  const message = fact.text('message', Infinity)?.slice(0, MESSAGE_LENGTH);
  return {
    kind: 'finished',
    at: requiredNumber(fact, 'at'),
    result,
    ...(message !== undefined && { message }),
  };
}

function readStep(step: Fields): StepState {
  const order = requiredNumber(step, 'order');
  if (order < 1 || order >= STEPS_PER_JOB)
    throw badRequest(`"order" is a number from 1 to ${STEPS_PER_JOB - 1}.`);
  const state = step.word('state', STEP_STATE);
  if (state === undefined) throw badRequest('"state" is missing.');
  const result = step.word('result', RESULT);
  const finishTime = step.number('finishTime');
  const log = step.number('log');
  return {
    order,
    name: required(step, 'name', 512),
    displayName: step.text('displayName', 2048) ?? '',
    state,
    ...(result !== undefined && { result }),
    startTime: requiredNumber(step, 'startTime'),
    ...(finishTime !== undefined && { finishTime }),
    issues: step
      .list('issues')
      .slice(0, ISSUES_KEPT)
      .map((issue) => readIssue(fieldsOf(issue, 'Each issue'))),
    errorCount: step.number('errorCount') ?? 0,
    warningCount: step.number('warningCount') ?? 0,
    ...(log !== undefined && { log }),
  };
}

function readIssue(issue: Fields): StepState['issues'][number] {
  const message = (issue.text('message', Infinity) ?? '').slice(0, MESSAGE_LENGTH);
  return { type: issue.word('type', ISSUE) ?? 'error', message };
}
