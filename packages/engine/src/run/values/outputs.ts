import { fold, type FoldedName, type NodeResult } from '@signalbox/model';
import { objectValue, stringValue, UNKNOWN, type Value } from '@signalbox/expressions';
import type { JobView, StageView } from '../plan-view.ts';
import { jobOf, stageOf } from '../turn.ts';
import { partName } from '../instance-part.ts';
import type { InstancePart, JobState, RunState, StageState } from '../state.ts';

/** An output of a job under one of the keys by which others read it. */
export interface Output {
  readonly key: string;
  readonly value: string;
  readonly secret: boolean;
}

const RESULT_WORDS: Readonly<Record<NodeResult, string>> = {
  succeeded: 'Succeeded',
  succeededWithIssues: 'SucceededWithIssues',
  failed: 'Failed',
  canceled: 'Canceled',
  skipped: 'Skipped',
  abandoned: 'Abandoned',
};

/** The word for a result in expressions and variables (CTX-6). */
function resultWord(result: NodeResult): string {
  return RESULT_WORDS[result];
}

/**
 * The outputs of a job as its dependents name them (CTX-9). Those of legs and slices have the leg in front
 * (MTX-10). A deployment's are there with its instance name in front (`J.step.var`; on a machine R
 * `Deploy_R.step.var` or `<hook>_R.step.var`, DEP-13) and without it (GAP-7); of two hooks that set the same one the
 * later hook's counts.
 */
function outputsOf(job: JobState, view: JobView): readonly Output[] {
  const outputs = new Map<string, Output>();
  for (const instance of job.instances) {
    for (const [name, output] of Object.entries(instance.outputs)) {
      for (const key of outputKeys(view, instance, name)) outputs.set(key, { key, ...output });
    }
  }
  return [...outputs.values()];
}

function outputKeys({ plan }: JobView, part: InstancePart, name: string): readonly string[] {
  const { leg } = part;
  if (plan.kind === 'job') return [leg === undefined ? name : `${leg}.${name}`];
  if (leg === undefined) return [`${plan.name}.${name}`, name];
  const fronts = plan.strategy.kind === 'runOnce' ? [`Deploy_${leg}`, partName(part)] : [partName(part)];
  return [...fronts.map((front) => `${front}.${name}`), name];
}

/** `dependencies` of a job: the jobs of its stage that it names (CTX-3). */
export function jobDependencies(stage: StageState, view: StageView, job: JobView): Value {
  const entries = new Map<string, Value>();
  for (const key of job.dependsOn) {
    const found = jobOf(stage, key);
    const plan = view.jobs.get(key);
    if (found !== undefined && plan !== undefined) entries.set(found.name, jobNode(found, plan));
  }
  return objectValue(entries, { ignoreCase: true });
}

/** `dependencies` of a stage: the stages that it names, with the outputs of all their jobs (CTX-4). */
export function stageDependencies(state: RunState, stage: StageView, stages: Stages): Value {
  return eachStage(state, stage, stages, (found, view) => {
    const outputs = found.jobs.flatMap((job) => {
      const plan = view.jobs.get(fold(job.name));
      return plan === undefined ? [] : prefixed(job.name, outputsOf(job, plan));
    });
    return node(found.phase === 'completed' ? found.result : undefined, outputs);
  });
}

/**
 * `stageDependencies`: the same stages, job by job (CTX-5). For a stage's condition each also has what
 * `dependencies` has of it (EXPR-71).
 */
export function stageJobDependencies(state: RunState, stage: StageView, stages: Stages): Value {
  const whole = stageDependencies(state, stage, stages);
  return eachStage(state, stage, stages, (found, view) => {
    const entries = new Map<string, Value>(entriesOf(whole, found.name));
    for (const job of found.jobs) {
      const plan = view.jobs.get(fold(job.name));
      if (plan !== undefined) entries.set(job.name, jobNode(job, plan));
    }
    return objectValue(entries, { ignoreCase: true });
  });
}

/** The stages of the plan by folded name. */
type Stages = ReadonlyMap<FoldedName, StageView>;

function eachStage(
  state: RunState,
  stage: StageView,
  stages: Stages,
  valueOf: (found: StageState, view: StageView) => Value,
): Value {
  const entries = new Map<string, Value>();
  for (const key of stage.dependsOn) {
    const found = stageOf(state, key);
    const view = stages.get(key);
    if (found === undefined || view === undefined) continue;
    entries.set(found.name, found.phase === 'completed' ? valueOf(found, view) : UNKNOWN);
  }
  return objectValue(entries, { ignoreCase: true });
}

function entriesOf(whole: Value, name: string): Iterable<readonly [string, Value]> {
  const found = whole.kind === 'object' ? whole.entries.get(name) : undefined;
  return found?.kind === 'object' ? found.entries : [];
}

function jobNode(job: JobState, view: JobView): Value {
  if (job.phase !== 'completed') return UNKNOWN;
  return node(job.result, outputsOf(job, view), [
    ['name', stringValue(job.name)],
    ['attempt', stringValue(String(job.attempt))],
  ]);
}

function node(
  result: NodeResult | undefined,
  outputs: readonly Output[],
  more: readonly (readonly [string, Value])[] = [],
): Value {
  if (result === undefined) return UNKNOWN;
  const values = new Map(outputs.map(({ key, value }) => [key, stringValue(value)]));
  return objectValue(
    new Map<string, Value>([
      ['result', stringValue(resultWord(result))],
      ['outputs', objectValue(values, { ignoreCase: true })],
      ...more,
    ]),
    { ignoreCase: true },
  );
}

/** The outputs of all stages that are over, as checks name them: `Stage.Job.Step.Var` (HOOK-10). */
export function allOutputs(state: RunState, stages: Stages): readonly Output[] {
  return state.stages.flatMap((stage) => {
    if (stage.phase !== 'completed') return [];
    return stage.jobs.flatMap((job) => {
      const view = stages.get(fold(stage.name))?.jobs.get(fold(job.name));
      return view === undefined ? [] : prefixed(`${stage.name}.${job.name}`, outputsOf(job, view));
    });
  });
}

/** The folded keys of every output of the run that is secret, in every spelling (CTX-10). */
export function secretOutputs(state: RunState, stages: Stages): ReadonlySet<FoldedName> {
  const keys = new Set<FoldedName>();
  for (const stage of state.stages) {
    for (const job of stage.jobs) {
      const view = stages.get(fold(stage.name))?.jobs.get(fold(job.name));
      if (view === undefined) continue;
      const secret = outputsOf(job, view).filter((output) => output.secret);
      for (const { key } of [...secret, ...prefixed(job.name, secret)]) keys.add(fold(key));
    }
  }
  return keys;
}

function prefixed(job: string, outputs: readonly Output[]): readonly Output[] {
  return outputs.map((output) => ({ ...output, key: `${job}.${output.key}` }));
}
