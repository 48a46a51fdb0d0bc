import { isGroup } from '@signalbox/model';
import type {
  JobPlan,
  Plan,
  PoolPlan,
  ProtectedResourceType,
  ResourceReference,
  SourceRange,
  StagePlan,
  StepPlan,
  Value,
  VariableEntry,
  YamlLockBehavior,
} from '@signalbox/model';
import { CHECKOUT_TASK, checkout } from '../plan/steps/checkout.ts';
import { toValue } from '../plan/values.ts';
import { reachableResources } from './declared.ts';
import type { Declared, Found } from './declared.ts';
import { namedInInputs } from './task-inputs.ts';

/** What a stage can reach that is protected, and what it locks (CHK-1, LOCK-8, LOCK-10). */
export interface StageReach {
  readonly stage: string;
  /** True: the stage has a lock of its own (YAML-26). */
  readonly ownLock: boolean;
  /** How it waits for its locks; absent: the policy of each lock decides (LOCK-8). */
  readonly lockBehavior?: YamlLockBehavior;
  /** In the order of the plan, each once; any of them may carry a check or an exclusive lock. */
  readonly resources: readonly ResourceReference[];
}

/**
 * Every protected resource that a plan can reach, stage by stage: environments, pools, variable groups, repositories
 * but `self`, service connections and secure files. What a condition or a variable decides counts as reached, since
 * checks are asked before any job starts; names with macros or run-time expressions are given as they stand. The
 * default pool is not among them, as the file does not name it. Web hooks are reached by no stage: they only start runs.
 */
export function reachOf(plan: Plan): readonly StageReach[] {
  const declared = reachableResources(plan);
  return plan.stages.map((stage) => {
    const { name, ownLock, lockBehavior } = stage;
    const resources = unique(ofStage(stage, plan, declared));
    return { stage: name, ownLock, ...(lockBehavior === undefined ? {} : { lockBehavior }), resources };
  });
}

function ofStage(stage: StagePlan, plan: Plan, declared: Declared): readonly ResourceReference[] {
  return [
    ...groups(plan.variables, stage.source),
    ...groups(stage.variables, stage.source),
    ...declared.ofTemplate(stage.source),
    ...stage.jobs.flatMap((job) => ofJob(job, declared)),
  ];
}

function ofJob(job: JobPlan, declared: Declared): readonly ResourceReference[] {
  const { source, pool, variables, container, services = [], uses } = job;
  const hooks = job.kind === 'deployment' ? job.hooks : [];
  const steps = job.kind === 'deployment' ? hooks.flatMap((hook) => hook.steps) : job.steps;
  const used: readonly Found[] = [
    ...(container === undefined ? [] : declared.container(container)),
    ...services.flatMap((service) => declared.container(service.container)),
    ...(uses?.repositories ?? []).flatMap((alias) => declared.repository(alias)),
    ...(uses?.pools ?? []).map((name): Found => ({ type: 'queue', name })),
  ];
  return [
    ...(job.kind === 'deployment' ? at([{ type: 'environment', name: job.environment.name }], source) : []),
    ...[pool, ...hooks.map((hook) => hook.pool)].flatMap((one) => at(poolOf(one), source)),
    ...groups(variables, source),
    ...declared.ofTemplate(source),
    ...at(used, source),
    ...steps.flatMap((step) => ofStep(step, declared)),
  ];
}

function ofStep(step: StepPlan, declared: Declared): readonly ResourceReference[] {
  const { task, inputs, source, target } = step;
  const alias = task.name === CHECKOUT_TASK ? inputs[checkout.input] : undefined;
  const found: readonly Found[] = [
    ...(alias === undefined ? [] : declared.repository(alias)),
    ...(target?.container === undefined ? [] : declared.container({ alias: target.container })),
    ...declared.artifacts(step),
    ...namedInInputs(step),
  ];
  return [...declared.ofTemplate(source), ...at(found, source)];
}

function poolOf(pool: PoolPlan): readonly Found[] {
  return pool.kind === 'server' || pool.name === undefined ? [] : [{ type: 'queue', name: pool.name }];
}

function groups(variables: readonly VariableEntry[], source: SourceRange): readonly ResourceReference[] {
  return at(
    variables.filter(isGroup).map(({ group }): Found => ({ type: 'variablegroup', name: group })),
    source,
  );
}

function at(found: readonly Found[], source: SourceRange): readonly ResourceReference[] {
  return found.map(({ type, name }) => ({
    type,
    name: typeof name === 'string' ? toValue(name) : name,
    source,
  }));
}

/** The first reference to each; names compare without regard to case. */
function unique(references: readonly ResourceReference[]): readonly ResourceReference[] {
  const first = new Map<string, ResourceReference>();
  for (const one of references) {
    const key = keyOf(one.type, one.name);
    if (!first.has(key)) first.set(key, one);
  }
  return [...first.values()];
}

function keyOf(type: ProtectedResourceType, name: Value): string {
  return JSON.stringify([type, typeof name === 'string' ? name.toLowerCase() : name.expression]);
}
