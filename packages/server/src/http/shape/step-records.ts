import type { WireIssue, WireRecord } from '@signalbox/api';
import type { StepDetail, StepIssue, StepState } from '@signalbox/engine';
import { node, times } from './record.ts';

/** Where a step stands in its run. */
export interface StepPlace {
  /** Of the record of its job. */
  readonly parentId: string;
  /** Of its job. */
  readonly identifier: string;
  readonly attempt: number;
  /** Of the run. */
  readonly url: string;
  readonly workerName: string | null;
}

/** The record of a step, and those that it made below its own (LOG-12). */
export function stepRecords(step: StepState, place: StepPlace): readonly WireRecord[] {
  const own = taskRecord(step, place);
  return [own, ...(step.details ?? []).map((detail) => detailRecord(detail, own))];
}

function taskRecord(
  step: StepState,
  { identifier, attempt, parentId, url, workerName }: StepPlace,
): WireRecord {
  const state = { start: step.startTime, finish: step.finishTime, result: step.result };
  return {
    ...node('Task', { identifier: `${identifier}.${step.name}`, attempt, parentId, order: step.order }),
    name: step.displayName,
    refName: step.name,
    workerName,
    ...times(step.state, state),
    ...progress(step, step.state === 'completed'),
    log: step.log === undefined ? null : { id: step.log, type: 'Container', url: `${url}/logs/${step.log}` },
    errorCount: step.errorCount,
    warningCount: step.warningCount,
    issues: step.issues.map(wireIssue),
  };
}

/** Under the id that the step chose, so that it can be found again. */
function detailRecord(detail: StepDetail, step: WireRecord): WireRecord {
  const { id, parent, type, name, state, startTime, finishTime, result } = detail;
  return {
    ...step,
    id,
    parentId: parent ?? step.id,
    type,
    name,
    identifier: `${step.identifier}.${id}`,
    refName: id,
    order: detail.order ?? 0,
    ...times(state, { start: startTime, finish: finishTime, result }),
    ...progress(detail, false),
    log: null,
    errorCount: 0,
    warningCount: 0,
    issues: [],
  };
}

/** What is over is at 100, whatever it said last. */
function progress(
  { percent, operation }: Pick<StepState, 'percent' | 'operation'>,
  over: boolean,
): Partial<Pick<WireRecord, 'percentComplete' | 'currentOperation'>> {
  return {
    ...(percent !== undefined && !over && { percentComplete: percent }),
    ...(operation !== undefined && { currentOperation: operation }),
  };
}

/** The place of an issue goes under the names of `task.logissue`, as clients read it (LOG-10). */
function wireIssue({ type, message, path, line, column, code }: StepIssue): WireIssue {
  const data = {
    ...(path !== undefined && { sourcepath: path }),
    ...(line !== undefined && { linenumber: String(line) }),
    ...(column !== undefined && { columnnumber: String(column) }),
    ...(code !== undefined && { code }),
  };
  const isPlaced = Object.keys(data).length > 0;
  return { type, message, ...(isPlaced && { category: path === undefined ? 'General' : 'Code', data }) };
}
