import { fold, type FoldedName } from '@signalbox/model';
import type { Refusal } from '../../refusals.ts';
import type { RunMessage } from '../messages.ts';
import type { StageView } from '../plan-view.ts';
import type { StageState } from '../state.ts';
import { record, stageOf, type Turn } from '../turn.ts';
import type { StageRetry } from './plan-retry.ts';
import { attemptsOf, beginAttempts, reopen } from './retry.ts';
import { whyNotYet } from './why-not-yet.ts';

type StartStage = Extract<RunMessage, { type: 'StartStage' }>;

/**
 * Starts a manual stage, at any time (MAN-1), or one that was skipped, whatever its condition says (MAN-6): then those
 * behind it that were skipped as well are looked at again. A run that was over goes on (MAN-3).
 */
export function startByHand(turn: Turn, { stage: name, by }: StartStage): void {
  const stage = stageOf(turn.state, name);
  const view = turn.view.stages.get(fold(name));
  const again = view === undefined ? new Map<FoldedName, StageRetry>() : skippedFrom(turn, view);
  const refusal = whyNotStarted(turn, name);
  if (stage === undefined || refusal !== undefined) {
    if (refusal !== undefined) turn.reply = { ok: false, refusal };
    return;
  }
  if (stage.phase === 'notStarted') {
    reopen(turn, by);
    record(turn, { type: 'StageRequested', stage: stage.name, at: turn.now, by });
    turn.reply = { ok: true, value: { stages: [stage.name] } };
    return;
  }
  const [first, ...behind] = attemptsOf(turn, again);
  if (first === undefined) return;
  beginAttempts(turn, [first], { by, way: 'force' });
  if (behind.length > 0) beginAttempts(turn, behind, { by, way: 'retry' });
  turn.reply = { ok: true, value: { stages: [first, ...behind].map((one) => one.stage.name) } };
}

/** Why nobody can start the stage by hand now; undefined: somebody can. */
export function whyNotStarted(turn: Turn, name: string): Refusal | undefined {
  const view = turn.view.stages.get(fold(name));
  const again = view === undefined ? [] : skippedFrom(turn, view).keys();
  return notStartable(stageOf(turn.state, name), view, name) ?? whyNotYet(turn, new Set(again), true);
}

/** It is neither a manual one that has not started, nor one that was skipped. */
function notStartable(
  stage: StageState | undefined,
  view: StageView | undefined,
  name: string,
): Refusal | undefined {
  if (stage === undefined || view === undefined) {
    return { code: 'stage-not-found', message: `The run has no stage '${name.slice(0, 100)}'.` };
  }
  const isManual = stage.phase === 'notStarted' && view.plan.manual && stage.requested === undefined;
  const wasSkipped = stage.phase === 'completed' && stage.result === 'skipped';
  if (isManual || wasSkipped) return undefined;
  const how = stage.phase === 'completed' ? 'It has run; it can be run again.' : 'It starts by itself.';
  const message = `Stage '${stage.name}' cannot be started by hand. ${how}`;
  return { code: 'stage-not-startable', message };
}

/** The stage, and those behind it that were skipped, each after those that it depends on. */
function skippedFrom({ state, view }: Turn, first: StageView): ReadonlyMap<FoldedName, StageRetry> {
  const again = new Map<FoldedName, StageRetry>();
  for (const { key, dependsOn, plan } of view.inOrder) {
    const stage = stageOf(state, plan.name);
    if (stage?.phase !== 'completed' || stage.result !== 'skipped') continue;
    if (key === first.key || dependsOn.some((one) => again.has(one))) again.set(key, 'all');
  }
  return again;
}
