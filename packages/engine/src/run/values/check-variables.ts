import { fold, type Plan } from '@signalbox/model';
import { viewPlan } from '../plan-view.ts';
import type { RunState } from '../state.ts';
import { stageOf } from '../turn.ts';
import { expandedVariables } from './expanded.ts';
import { allOutputs } from './outputs.ts';
import { stageVariables } from './predefined.ts';
import { rootScope } from './scopes.ts';
import { withVariables, type Variable } from './variables.ts';

/**
 * What the inputs of a stage's checks may name (HOOK-10): the predefined variables, those of the pipeline but not of
 * stages and jobs, `Checks.StageAttempt`, and outputs of stages that are over as `Stage.Job.Step.Var`. Values of
 * secrets are sealed as the run has them. Undefined when the run has no such stage.
 */
export function checkVariables(state: RunState, plan: Plan, stage: string): readonly Variable[] | undefined {
  const view = viewPlan(plan);
  const planned = view.stages.get(fold(stage));
  const found = stageOf(state, stage);
  if (planned === undefined || found === undefined) return undefined;
  const outputs = allOutputs(state, view.stages).map((one) => ({
    name: one.key,
    value: one.value,
    secret: one.secret,
    readonly: true,
  }));
  const attempt = {
    name: 'Checks.StageAttempt',
    value: String(found.attempt),
    secret: false,
    readonly: true,
  };
  const own = [...stageVariables(found, planned), attempt];
  return [...expandedVariables(withVariables(rootScope(state, view), own)), ...outputs];
}
