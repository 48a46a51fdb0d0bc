import type { RecordType, WireRecord } from '@signalbox/api';
import {
  checkName,
  checkSentence,
  isAtWork,
  isAwaited,
  type CheckRun,
  type CheckRunSettings,
  type RunState,
  type StageState,
} from '@signalbox/engine';
import { checkLogNumber } from '../../checks/check-log.ts';
import { approvalGuid } from '../pipelines/approval-id.ts';
import { node, times, type Times } from './record.ts';

/** Where the record of a check stands. */
export interface CheckRecordPlace {
  readonly parent: WireRecord;
  readonly run: Pick<RunState, 'id' | 'definition'>;
  /** The address of the run, behind which its logs are. */
  readonly url: string;
  /** The stage's place in its run, from 0, and how many stages the run has. */
  readonly place: number;
  readonly stages: number;
}

/** The types of records that are not those of task checks. */
const TYPES: Readonly<Partial<Record<CheckRunSettings['kind'], RecordType>>> = {
  approval: 'Checkpoint.Approval',
  authorization: 'Checkpoint.Authorization',
};

/** The record of a check has the id of the check run: third-party tools find approvals so (REST.md §0.5). */
export function checkRecord(stage: StageState, check: CheckRun, at: CheckRecordPlace): WireRecord {
  const { number, configuration } = check;
  const { attempt } = stage;
  const type = TYPES[configuration.settings.kind] ?? 'Checkpoint.TaskCheck';
  return {
    ...node(type, {
      attempt,
      order: number,
      identifier: `${stage.name}.${type}.${number}`,
      parentId: at.parent.id,
    }),
    id: approvalGuid({ run: at.run.id, stage: at.place, attempt, check: number }),
    name: checkName(check),
    refName: type,
    ...checkTimes(check),
    ...(isAwaited(stage, check) && { currentOperation: checkSentence(at.run, stage, check) }),
    ...(check.message !== undefined && { issues: [{ type: severityOf(check), message: check.message }] }),
    ...logOf(stage, check, at),
  };
}

/** What a check says that is open again, or that passed all the same, is no error. */
function severityOf({ status }: CheckRun): 'error' | 'warning' {
  return status === 'rejected' || status === 'timedOut' || status === 'canceled' ? 'error' : 'warning';
}

/** What asked a service has a log, which the service writes, too (HOOK-6). */
function logOf(
  { attempt }: StageState,
  { number, progress }: CheckRun,
  { run, place, stages, url }: CheckRecordPlace,
): Partial<Pick<WireRecord, 'log'>> {
  if (progress?.kind !== 'invoke') return {};
  const id = checkLogNumber({ run: run.id, stage: place, attempt, check: number }, stages);
  return { log: { id, type: 'Container', url: `${url}/logs/${id}` } };
}

const RESULTS: Readonly<Partial<Record<CheckRun['status'], string>>> = {
  approved: 'succeeded',
  bypassed: 'succeeded',
  rejected: 'failed',
  timedOut: 'failed',
  canceled: 'canceled',
};

function checkTimes({ status, startedAt: start, endedAt: finish }: CheckRun): Times {
  if (status === 'queued') return times('pending', {});
  if (isAtWork(status) || status === 'deferred') return times('inProgress', { start });
  return times('completed', { start, finish, result: RESULTS[status] });
}
