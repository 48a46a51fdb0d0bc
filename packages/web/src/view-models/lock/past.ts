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

function markOf({ status, supersededBy, result }: LockRequestView): Mark {
  if (supersededBy !== undefined) return { icon: 'skipped', tone: 'quiet', label: 'superseded' };
  switch (status) {
    case 'finished':
      return heldMark(result);
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

/** Of one that held the lock and gave it back: what matters is how its stage ended. */
function heldMark(result: LockRequestView['result']): Mark {
  switch (result) {
    case 'failed':
      return { icon: 'failed', tone: 'bad', label: 'failed' };
    case 'succeededWithIssues':
      return { icon: 'issues', tone: 'warn', label: 'succeeded with issues' };
    case 'canceled':
      return { icon: 'canceled', tone: 'quiet', label: 'canceled' };
    case 'abandoned':
      return { icon: 'abandoned', tone: 'bad', label: 'abandoned' };
    case 'succeeded':
      return { icon: 'succeeded', tone: 'good', label: 'succeeded' };
    case 'skipped':
    case undefined:
      return { icon: 'succeeded', tone: 'good', label: 'held it' };
  }
}

function textOf(one: LockRequestView, on: Board): string {
  const { assignTime, finishTime, supersededBy, withdrawn, token, status } = one;
  if (supersededBy !== undefined) return `gave way to run ${runName(on, supersededBy.runId)}`;
  if (withdrawn !== undefined) return `withdrawn by ${withdrawn.by}: ${withdrawn.reason}`;
  if (assignTime !== undefined && finishTime !== undefined) {
    const held = elapsed(Date.parse(finishTime) - Date.parse(assignTime));
    const failed = one.result === 'failed' ? ' and failed' : '';
    return `held it for ${held}${failed}${token === undefined ? '' : `, token ${token}`}`;
  }
  return status === 'timedOut' ? 'gave up waiting' : 'left the line without it';
}
