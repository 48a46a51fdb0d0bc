import type { RecordType, WireRecord } from '@signalbox/api';
import type { Guid, Instant } from '@signalbox/model';
import { recordGuid } from '../../guid.ts';
import { wireTime } from './common.ts';

/** When a record began and ended, and how. */
export type Times = Pick<WireRecord, 'state' | 'result' | 'startTime' | 'finishTime' | 'percentComplete'>;

/** The state of a record with its times. */
export function times(
  state: WireRecord['state'],
  at: {
    readonly start?: Instant | undefined;
    readonly finish?: Instant | undefined;
    readonly result?: string | undefined;
  },
): Times {
  return {
    state,
    // The result is set only when completed (RES-2).
    result: state === 'completed' ? (at.result ?? null) : null,
    startTime: at.start === undefined ? null : wireTime(at.start),
    finishTime: at.finish === undefined ? null : wireTime(at.finish),
    percentComplete: state === 'completed' ? 100 : null,
  };
}

/** The id of the record of an attempt; the attempt is part of its name above 1 (GLOSS-4). */
export function recordId(identifier: string, attempt: number): Guid {
  return recordGuid(attempt > 1 ? `${identifier}.${attempt}` : identifier);
}

/** A record without a state of its own yet. */
export function node(
  type: RecordType,
  at: {
    readonly identifier: string;
    readonly attempt: number;
    readonly parentId: string | null;
    readonly order: number;
  },
): WireRecord {
  const { identifier, attempt, parentId, order } = at;
  const id = recordId(identifier, attempt);
  return {
    id,
    parentId,
    type,
    identifier,
    order,
    attempt,
    name: identifier,
    refName: identifier,
    ...times('pending', {}),
    previousAttempts: [],
    currentOperation: null,
    workerName: null,
    log: null,
    errorCount: 0,
    warningCount: 0,
    issues: [],
    changeId: order,
  };
}
