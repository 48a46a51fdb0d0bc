import type { FoldedName } from '@signalbox/model';
import type { Refusal } from '../../refusals.ts';
import { MAX_STAGE_ATTEMPTS } from '../limits.ts';
import { hasOpenLease } from '../open-lease.ts';
import type { StageView } from '../plan-view.ts';
import type { StageState } from '../state.ts';
import { stageOf, type Turn } from '../turn.ts';

/**
 * Why these stages cannot begin a new attempt now; undefined: they can. Not while the run is being cancelled, nor while
 * one of them, one before or one behind them is under way (RETRY-11), nor while anything of the last attempt may still
 * act (LAW-8).
 *
 * @param alone those behind them stay as they are, so they may be under way
 */
export function whyNotYet(turn: Turn, again: ReadonlySet<FoldedName>, alone: boolean): Refusal | undefined {
  if (turn.state.status === 'cancelling') {
    return { code: 'run-canceling', message: 'The run is being canceled; wait until that is over.' };
  }
  for (const view of turn.view.inOrder) {
    const stage = stageOf(turn.state, view.plan.name);
    if (stage === undefined) continue;
    const problem = underWay(turn, { stage, view, again, alone });
    if (problem !== undefined) return problem;
    if (again.has(view.key) && stage.attempt >= MAX_STAGE_ATTEMPTS) return tooManyAttempts(stage);
  }
  return undefined;
}

interface Candidate {
  readonly stage: StageState;
  readonly view: StageView;
  readonly again: ReadonlySet<FoldedName>;
  readonly alone: boolean;
}

function underWay(turn: Turn, { stage, view, again, alone }: Candidate): Refusal | undefined {
  const { phase, name } = stage;
  if (again.has(view.key) && hasOpenLease(stage)) {
    const message = `Something of the last attempt of stage '${name}' may still be at work: its agent has not confirmed the end. Try again when it has, or when its lease is over.`;
    return { code: 'stage-draining', message };
  }
  if (phase !== 'waiting' && phase !== 'running') return undefined;
  const isBehind = !alone && view.ancestors.some((key) => again.has(key));
  const isBefore = [...again].some((key) => turn.view.stages.get(key)?.ancestors.includes(view.key));
  if (!isBehind && !isBefore) return undefined;
  const message = `Stage '${name}' is under way, and it is part of what would run again. Wait until it is over, or cancel it.`;
  return { code: 'stage-under-way', message };
}

function tooManyAttempts({ name, attempt }: StageState): Refusal {
  const message = `Stage '${name}' has had ${attempt} attempts, as many as a stage can have. Queue a new run.`;
  return { code: 'attempts-limit', message };
}
