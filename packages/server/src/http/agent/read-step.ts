import type { EnumTable } from '@signalbox/api';
import type { StepDetail, StepIssue, StepState } from '@signalbox/engine';
import type { NodeResult } from '@signalbox/model';
import { STEP_DETAILS, STEPS_PER_JOB } from '../../limits.ts';
import { badRequest } from '../problem.ts';
import { fieldsOf, type Fields } from '../read/fields.ts';
import { required, requiredNumber } from './agent-caller.ts';

/** Results in the words of the protocol. */
export const RESULT: EnumTable<NodeResult> = {
  succeeded: 0,
  succeededWithIssues: 1,
  failed: 2,
  canceled: 3,
  skipped: 4,
  abandoned: 5,
};
const STEP_STATE: EnumTable<StepState['state']> = { inProgress: 1, completed: 2 };
const DETAIL_STATE: EnumTable<StepDetail['state']> = { pending: 0, inProgress: 1, completed: 2 };
const ISSUE: EnumTable<'error' | 'warning'> = { error: 1, warning: 2 };
// The service shows the first ten of each kind; more would only make rows heavy.
const ISSUES_KEPT = 20;
const MESSAGE_LENGTH = 4000;
const OPERATION_LENGTH = 1024;
const PATH_LENGTH = 1024;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads what an agent says of a step. */
export function readStep(step: Fields): StepState {
  const order = requiredNumber(step, 'order');
  if (order < 1 || order >= STEPS_PER_JOB)
    throw badRequest(`"order" is a number from 1 to ${STEPS_PER_JOB - 1}.`);
  const state = step.word('state', STEP_STATE);
  if (state === undefined) throw badRequest('"state" is missing.');
  const result = step.word('result', RESULT);
  const finishTime = step.number('finishTime');
  const log = step.number('log');
  const details = step.list('details').slice(0, STEP_DETAILS);
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
    ...readProgress(step),
    ...(details.length > 0 && { details: details.map((one) => readDetail(fieldsOf(one, 'Each detail'))) }),
  };
}

function readProgress(from: Fields): Pick<StepState, 'percent' | 'operation'> {
  const percent = from.number('percent');
  const operation = shortened(from, 'operation', OPERATION_LENGTH);
  return {
    ...(percent !== undefined && { percent: Math.min(100, Math.max(0, percent)) }),
    ...(operation !== undefined && operation !== '' && { operation }),
  };
}

function readIssue(issue: Fields): StepIssue {
  const path = shortened(issue, 'path', PATH_LENGTH);
  const code = shortened(issue, 'code', PATH_LENGTH);
  const line = issue.number('line');
  const column = issue.number('column');
  return {
    type: issue.word('type', ISSUE) ?? 'error',
    message: shortened(issue, 'message', MESSAGE_LENGTH) ?? '',
    ...(path !== undefined && { path }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    ...(code !== undefined && { code }),
  };
}

function readDetail(detail: Fields): StepDetail {
  const parent = detail.has('parent') ? guidIn(detail, 'parent') : undefined;
  const order = detail.number('order');
  const result = detail.word('result', RESULT);
  const startTime = detail.number('startTime');
  const finishTime = detail.number('finishTime');
  return {
    id: guidIn(detail, 'id'),
    ...(parent !== undefined && { parent }),
    type: required(detail, 'type'),
    name: required(detail, 'name', OPERATION_LENGTH),
    ...(order !== undefined && { order }),
    state: detail.word('state', DETAIL_STATE) ?? 'pending',
    ...(result !== undefined && { result }),
    ...(startTime !== undefined && { startTime }),
    ...(finishTime !== undefined && { finishTime }),
    ...readProgress(detail),
  };
}

function guidIn(fields: Fields, name: string): string {
  const text = required(fields, name).toLowerCase();
  if (!GUID.test(text)) throw badRequest(`"${name}" must be a GUID.`);
  return text;
}

function shortened(fields: Fields, name: string, length: number): string | undefined {
  return fields.text(name, Infinity)?.slice(0, length);
}
