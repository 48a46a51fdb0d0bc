import type { Plan } from '@signalbox/model';
import { viewPlan } from '../plan-view.ts';
import type { RunState } from '../state.ts';
import { beginTurn } from '../turn.ts';
import { planRetry } from './retry.ts';
import { whyNotStarted } from './start-stage.ts';

/** What can be done about a stage that is over or waits for a person. */
export type StageAct = 'retry' | 'retryAll' | 'start';

/**
 * What can be done about each stage of a run now, by its name: `retry` its failed jobs, `retryAll` of them (RETRY-1), and
 * `start` it by hand (MAN-1, MAN-6). What is offered here is not refused.
 */
export function stageActs(state: RunState, plan: Plan): ReadonlyMap<string, readonly StageAct[]> {
  const turn = beginTurn(state, viewPlan(plan), 0, new Map());
  return new Map(
    state.stages.map(({ name }) => {
      const wish = { stage: name, alone: false };
      const acts: StageAct[] = [];
      if (whyNotStarted(turn, name) === undefined) acts.push('start');
      if (planRetry(turn, { ...wish, allJobs: false }).ok) acts.push('retry');
      if (planRetry(turn, { ...wish, allJobs: true }).ok) acts.push('retryAll');
      return [name, acts] as const;
    }),
  );
}
