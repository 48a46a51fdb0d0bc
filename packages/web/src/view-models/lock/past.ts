import type { LockRequestView } from '@signalbox/api';
import type { Board } from '../board.ts';
import { runName } from '../board.ts';
import { requestName } from '../lock-acts.ts';
import type { Mark } from '../mark.ts';
import type { Moment } from '../time.ts';
import { ago, elapsed, moment } from '../time.ts';

/** A request that is over, as the history of a lock shows it. */
export interface PastLine {
  readonly key: string;
  readonly name: string;
  readonly runId?: number;
  readonly mark: Mark;
  readonly text: string;
  readonly when: Moment;
}

/** The requests of a lock that are over, latest first, each with how it ended. */
export function pastLines(history: readonly LockRequestView[], on: Board, now: number): readonly PastLine[] {
  return history.map((one) => {
    const at = one.finishTime ?? one.queueTime;
    return {
      key: String(one.requestId),
      name: requestName(one),
      ...(one.caller === undefined && { runId: one.runId }),
      mark: markOf(one),
      text: textOf(one, on),
      when: moment(ago(at, now), at),
    };
  });
}

function markOf({ status, supersededBy }: LockRequestView): Mark {
  if (supersededBy !== undefined) return { icon: 'skipped', tone: 'quiet', label: 'superseded' };
  switch (status) {
    case 'finished':
      return { icon: 'succeeded', tone: 'good', label: 'held it' };
    case 'timedOut':
      return { icon: 'waiting', tone: 'warn', label: 'timed out' };
    case 'abandoned':
      return { icon: 'abandoned', tone: 'bad', label: 'abandoned' };
    case 'canceled':
    case 'queued':
    case 'waitingOnChecks':
    case 'inUse':
      return { icon: 'canceled', tone: 'quiet', label: 'canceled' };
  }
}

function textOf(one: LockRequestView, on: Board): string {
  const { assignTime, finishTime, supersededBy, withdrawn, token, status } = one;
  if (supersededBy !== undefined) return `gave way to run ${runName(on, supersededBy.runId)}`;
  if (withdrawn !== undefined) return `withdrawn by ${withdrawn.by}: ${withdrawn.reason}`;
  if (assignTime !== undefined && finishTime !== undefined) {
    const held = elapsed(Date.parse(finishTime) - Date.parse(assignTime));
    return `held it for ${held}${token === undefined ? '' : `, token ${token}`}`;
  }
  return status === 'timedOut' ? 'gave up waiting' : 'left the line without it';
}
