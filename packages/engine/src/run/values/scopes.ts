import { fold, ownVariables, type VariablePlan } from '@signalbox/model';
import { dateTimeValue, objectValue, UNKNOWN, type Value } from '@signalbox/expressions';
import { jobDependencies, secretOutputs, stageDependencies, stageJobDependencies } from './outputs.ts';
import { rememberedRoot } from './remembered-root.ts';
import type { JobView, PlanView, StageView } from '../plan-view.ts';
import { jobVariables, runVariables, stageVariables, startedVariables } from './predefined.ts';
import type { InstanceKey, RunState } from '../state.ts';
import { legOf, stageOf } from '../turn.ts';
import {
  EMPTY_SCOPE,
  withLevel,
  withTexts,
  withVariables,
  type Around,
  type Scope,
  type Surroundings,
} from './variables.ts';
import { countedAt } from './counted.ts';

/** A level of variables before it is evaluated (VAR-4). */
export interface Level {
  /** What its expressions see from further out. */
  readonly known: Scope;
  readonly definitions: readonly VariablePlan[];
  readonly around: Around;
}

/** The root variables over the settings and queue-time values (VARD-3), `$[ ]` evaluated as the run started (VAR-4). */
export function rootScope(state: RunState, view: PlanView): Scope {
  return rememberedRoot(state, view, () => scopeOf(rootLevel(state, view)));
}

/** The level of the root variables. */
export function rootLevel(state: RunState, view: PlanView): Level {
  const settings = Object.entries(state.variables).map(([name, one]) => ({ name, ...one, readonly: false }));
  const given = withVariables(EMPTY_SCOPE, settings);
  const known = withVariables(given, [...runVariables(state), ...startedVariables(state)]);
  const around: Around = () => ({
    place: 'rootVariable',
    values: runValues(state),
    secretOutputs: new Set(),
    counted: countedAt(state, {}),
  });
  return { known, definitions: ownVariables(view.plan.variables), around };
}

/** What a stage's condition sees: not what the stage computes itself (EXPR-72). */
export function stageConditionScope(state: RunState, view: PlanView, stage: StageView): Scope {
  return withTexts(rootScope(state, view), ownVariables(stage.plan.variables));
}

/** The variables of a stage that starts. */
function stageScope(state: RunState, view: PlanView, stage: StageView): Scope {
  return scopeOf(stageLevel(state, view, stage));
}

/** The level of a stage's own variables. */
export function stageLevel(state: RunState, view: PlanView, stage: StageView): Level {
  const found = stageOf(state, stage.plan.name);
  const known = withVariables(
    rootScope(state, view),
    found === undefined ? [] : stageVariables(found, stage),
  );
  const counted = countedAt(state, { stage: stage.plan.name });
  const around: Around = () => ({ ...stageSurroundings(state, view, stage), counted });
  return { known, definitions: ownVariables(stage.plan.variables), around };
}

/** What a job's condition sees (EXPR-72). */
export function jobConditionScope(state: RunState, view: PlanView, stage: StageView, job: JobView): Scope {
  return withTexts(stageScope(state, view, stage), ownVariables(job.plan.variables));
}

/** The variables of a job instance, evaluated at expansion (JOB-2). */
export function jobScope(state: RunState, view: PlanView, key: InstanceKey): Scope {
  const level = jobLevel(state, view, key);
  return level === undefined ? EMPTY_SCOPE : scopeOf(level);
}

/** The level of a job's own variables; undefined when the plan has no such job. */
export function jobLevel(state: RunState, view: PlanView, key: InstanceKey): Level | undefined {
  const stage = view.stages.get(fold(key.stage));
  const job = stage?.jobs.get(fold(key.job));
  if (stage === undefined || job === undefined) return undefined;
  const known = withVariables(stageScope(state, view, stage), jobVariables(state, key, job));
  const counted = countedAt(state, key);
  const around: Around = () => ({ ...jobSurroundings(state, view, stage, job), counted });
  const definitions = [...ownVariables(job.plan.variables), ...legVariables(state, key)];
  return { known, definitions, around };
}

/** The variables of a leg are variables of its job; they replace those of the same name (MTX-1, VARD-5). */
function legVariables(state: RunState, key: InstanceKey): readonly VariablePlan[] {
  const { variables = {} } = legOf(state, key) ?? {};
  return Object.entries(variables).map(([name, value]) => ({ name, value, readonly: false }));
}

function scopeOf({ known, definitions, around }: Level): Scope {
  return withLevel(known, definitions, around);
}

/** What a job's own expressions see besides variables (CTX-3, CTX-5). */
export function jobSurroundings(
  state: RunState,
  view: PlanView,
  stage: StageView,
  job: JobView,
): Surroundings {
  const values = new Map(runValues(state));
  const found = stageOf(state, stage.plan.name);
  if (found !== undefined) values.set('dependencies', jobDependencies(found, stage, job));
  values.set('stageDependencies', stageJobDependencies(state, stage, view.stages));
  return { place: 'variable', values, secretOutputs: secretOutputs(state, view.stages) };
}

/** What a stage's own expressions see besides variables (CTX-4, CTX-5, EXPR-71). */
export function stageSurroundings(state: RunState, view: PlanView, stage: StageView): Surroundings {
  const values = new Map(runValues(state));
  values.set('dependencies', stageDependencies(state, stage, view.stages));
  values.set('stageDependencies', stageJobDependencies(state, stage, view.stages));
  return { place: 'variable', values, secretOutputs: secretOutputs(state, view.stages) };
}

/** `pipeline.startTime` is not known before the run has started (EXPR-70). */
function runValues({ startTime }: Pick<RunState, 'startTime'>): ReadonlyMap<string, Value> {
  const start = startTime === undefined ? UNKNOWN : dateTimeValue(startTime);
  return new Map<string, Value>([
    ['pipeline', objectValue(new Map([['startTime', start]]), { ignoreCase: true })],
    ['resources', objectValue(new Map())],
  ]);
}
