import type { RunState } from '../state.ts';
import type { PlanView } from '../plan-view.ts';
import type { Scope } from './variables.ts';

interface Remembered {
  readonly inputs: readonly unknown[];
  readonly scope: Scope;
}

/** By the run's given variables: an object that all states of one working copy share, and that goes with them. */
const rootScopes = new WeakMap<RunState['variables'], Remembered>();

/** The root scope of a run, built anew only when something that it is made of has changed. */
export function rememberedRoot(state: RunState, view: PlanView, build: () => Scope): Scope {
  const inputs = rootInputs(state, view);
  const found = rootScopes.get(state.variables);
  if (found?.inputs.every((input, index) => input === inputs[index]) === true) return found.scope;
  const scope = build();
  rootScopes.set(state.variables, { inputs, scope });
  return scope;
}

/** All that the root scope is made of besides the given variables: what `runVariables` and its levels read. */
function rootInputs(state: RunState, { plan }: PlanView): readonly unknown[] {
  const { id, number, definition, planId, projectName, startTime, counted } = state;
  const { reason, branch, commit, requestedBy, requestedFor } = state;
  const names = [number, definition, planId, projectName, reason, branch, commit, requestedBy, requestedFor];
  return [plan.variables, id, startTime, counted, ...names];
}
