import type { StageReason } from '@signalbox/model';
import { minutes } from '@signalbox/model';
import type { Board } from './board.ts';
import { runName } from './board.ts';
import { roughly } from './time.ts';

/** Why a stage did not run, or did not run to its end, as one sentence. */
export function stageReason(reason: StageReason, on: Board): string {
  if ('byRun' in reason) return tookOver(reason, on);
  switch (reason.kind) {
    case 'deselected':
      return 'It was not selected when the run was queued.';
    case 'conditionFalse':
      return falseCondition(reason);
    case 'conditionError':
      return `Its condition could not be evaluated (${reason.message}): ${reason.condition}`;
    case 'lockTimeout':
      return `It waited ${roughly(minutes(reason.minutes))} for ${reason.lock} and gave up.`;
    case 'canceled':
      return `${reason.by} canceled it.`;
    case 'checkTimedOut':
      return `${reason.check} was not decided within ${roughly(minutes(reason.minutes))}.`;
    case 'noAgent':
    case 'lockMissing':
    case 'checkRejected':
    case 'lockOutsideSpan':
      return reason.message;
  }
}

/** What it was about, and whether only the cancel of the run made it false. */
function falseCondition({ condition, canceling }: Extract<StageReason, { kind: 'conditionFalse' }>): string {
  return `Its condition was false${canceling ? ', for the run was canceled' : ''}: ${condition}`;
}

/** Another run is newer: it took the place, or it has deployed already (LOCK-67). */
function tookOver(reason: Extract<StageReason, { kind: 'superseded' | 'stale' }>, on: Board): string {
  const run = `Run ${runName(on, reason.byRun)}`;
  if (reason.kind === 'superseded') return `${run} is newer and took its place at ${reason.lock}.`;
  return `${run} had deployed a newer commit behind ${reason.lock} (stage ${reason.byStage}).`;
}
