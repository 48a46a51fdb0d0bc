import { fold, type FoldedName, type NodeResult } from '@signalbox/model';
import {
  decide,
  evaluate,
  toBoolean,
  type Environment,
  type ParentState,
  type ParseResult,
  type StatusView,
  type Value,
} from '@signalbox/expressions';
import type { JobView, PlanView, StageView } from './plan-view.ts';
import {
  jobConditionScope,
  jobSurroundings,
  stageConditionScope,
  stageSurroundings,
} from './values/scopes.ts';
import { parsedCondition, readsContexts } from './values/parsed.ts';
import type { RunState, StageState } from './state.ts';
import { jobOf, stageOf } from './turn.ts';
import { variablesContext } from './values/variables.ts';

/** What a condition says about a node that is decidable (STG-2). `condition` is the text as it counted. */
export type Verdict =
  | { readonly kind: 'true' }
  | { readonly kind: 'false'; readonly condition: string }
  | { readonly kind: 'error'; readonly condition: string; readonly message: string };

/** Decides a stage in the given state of its run (STG-2, EXPR-62). */
export function stageVerdict(
  state: RunState,
  view: PlanView,
  stage: StageView,
  parent: ParentState,
): Verdict {
  const parsed = parsedCondition(stage.plan.condition, 'stageCondition');
  const status = stageStatus(state, view, stage, { parent, predicted: new Map() });
  const values = stageValues(state, view, stage, parsed);
  return verdict(stage.plan.condition, parsed, { values, status });
}

/** Decides a job in the given state of its stage (STG-2, EXPR-62). */
export function jobVerdict(
  state: RunState,
  view: PlanView,
  { stage, job }: { readonly stage: StageView; readonly job: JobView },
  parent: ParentState,
): Verdict {
  const found = stageOf(state, stage.plan.name);
  const ancestors = new Map<string, NodeResult | 'unknown'>();
  for (const key of job.ancestors) {
    if (isJobDeselected(state, stage, key)) continue;
    ancestors.set(key, resultOf(found === undefined ? undefined : jobOf(found, key)));
  }
  const parsed = parsedCondition(job.plan.condition, 'jobCondition');
  const values = readsContexts(parsed) ? jobValues(state, view, stage, job) : NO_VALUES;
  return verdict(job.plan.condition, parsed, { values, status: { level: 'node', parent, ancestors } });
}

type Values = ReadonlyMap<string, Value>;

const NO_VALUES: Values = new Map();

function jobValues(state: RunState, view: PlanView, stage: StageView, job: JobView): Values {
  const { values } = jobSurroundings(state, view, stage, job);
  return new Map(values).set('variables', variablesContext(jobConditionScope(state, view, stage, job)));
}

function stageValues(state: RunState, view: PlanView, stage: StageView, parsed: ParseResult): Values {
  if (!readsContexts(parsed)) return NO_VALUES;
  const { values } = stageSurroundings(state, view, stage);
  return new Map(values).set('variables', variablesContext(stageConditionScope(state, view, stage)));
}

/** What is certain already about stages that have not ended: those that cannot start count as skipped. */
export interface Foresight {
  readonly parent: ParentState;
  readonly predicted: ReadonlyMap<FoldedName, NodeResult>;
}

/** True when the stage's condition will not be True, whatever is still unknown (QUEUEING §2, Q11). */
export function isRuledOut(state: RunState, view: PlanView, stage: StageView, foresight: Foresight): boolean {
  const parsed = parsedCondition(stage.plan.condition, 'stageCondition');
  if (!parsed.ok) return true;
  const status = stageStatus(state, view, stage, foresight);
  return decide(parsed.tree, { values: stageValues(state, view, stage, parsed), status }) === 'false';
}

/** True when the person who queued the run left the stage out (STG-6), and nobody started it by hand since (MAN-6). */
export function isDeselected(state: RunState, stage: StageView): boolean {
  const left = state.stagesToSkip.some((name) => fold(name) === stage.key);
  return left && stageOf(state, stage.key)?.requested?.way !== 'force';
}

/** True when the person who queued the run left the job out; those that depend on it do not see it, as with stages (STG-6). */
export function isJobDeselected(
  { jobsToSkip = [] }: RunState,
  { key: stage }: StageView,
  job: FoldedName,
): boolean {
  return jobsToSkip.some((name) => fold(name) === `${stage}.${job}`);
}

/** The run's state as its stages see it. */
export function runParent(state: RunState): ParentState {
  return state.cancel === undefined ? 'inProgress' : 'canceling';
}

/** The stage's state as its jobs see it: only a stage that is being cancelled itself is Canceling (CANCEL-4). */
export function stageParent(stage: StageState): ParentState {
  return stage.phase === 'running' && stage.cancelling ? 'canceling' : 'inProgress';
}

/** Deselected ancestors count as absent (STG-6). */
function stageStatus(state: RunState, view: PlanView, stage: StageView, foresight: Foresight): StatusView {
  const ancestors = new Map<string, NodeResult | 'unknown'>();
  for (const key of stage.ancestors) {
    const ancestor = view.stages.get(key);
    if (ancestor === undefined || isDeselected(state, ancestor)) continue;
    ancestors.set(key, foresight.predicted.get(key) ?? resultOf(stageOf(state, key)));
  }
  return { level: 'node', parent: foresight.parent, ancestors };
}

function resultOf(
  node: { readonly phase: string; readonly result?: NodeResult } | undefined,
): NodeResult | 'unknown' {
  return node?.result ?? 'unknown';
}

function verdict(text: string | undefined, parsed: ParseResult, environment: Environment): Verdict {
  const condition = text ?? 'succeeded()';
  if (!parsed.ok) {
    return { kind: 'error', condition, message: parsed.errors.map((error) => error.message).join('; ') };
  }
  const result = evaluate(parsed.tree, environment);
  if (!result.ok) return { kind: 'error', condition, message: result.error.message };
  return toBoolean(result.value) ? { kind: 'true' } : { kind: 'false', condition };
}
