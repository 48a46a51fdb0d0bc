import type {
  DeploymentStrategy,
  EnvironmentReference,
  HookName,
  JobPlan,
  PlainJobPlan,
  Plan,
  PoolPlan,
  ResourcesPlan,
  SourceRange,
  StagePlan,
  StepPlan,
  Value,
  VariablePlan,
} from '@signalbox/model';

/** A plan as stories write it: what is left out is as the compiler would fill it in. */
export interface ShortPlan {
  readonly name?: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** Repositories besides its own, pipeline resources, and extended templates, as plans have them. */
  readonly repositories?: Plan['repositories'];
  readonly pipelines?: ResourcesPlan['pipelines'];
  readonly extends?: NonNullable<Plan['extends']>;
  readonly stages: Readonly<Record<string, ShortStage | null>>;
}

export interface ShortStage {
  /** Without it the stage depends on nothing. */
  readonly after?: string | readonly string[];
  readonly if?: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** Names of environments that the stage locks. */
  readonly locks?: string | readonly string[];
  readonly lockBehavior?: 'sequential' | 'runLatest';
  readonly ownLock?: boolean;
  readonly manual?: boolean;
  readonly isSkippable?: boolean;
  /** Without it one job `j`. */
  readonly jobs?: Readonly<Record<string, ShortJob | null>>;
}

export interface ShortJob {
  readonly after?: string | readonly string[];
  readonly if?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly pool?: string;
  readonly demands?: readonly string[];
  readonly timeout?: number | string;
  readonly cancelTimeout?: number;
  readonly continueOnError?: boolean | string;
  /** Leg names with their variables, or the text that gives them when the job starts. */
  readonly matrix?: string | Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly maxParallel?: number | string;
  readonly parallel?: number | string;
  /** Makes it a deployment job. */
  readonly environment?: string;
  readonly resource?: string;
  readonly resourceId?: number;
  readonly resourceType?: 'VirtualMachine' | 'Kubernetes';
  readonly tags?: readonly string[];
  /** The strategy, with its `maxParallel`; `all`: without one. */
  readonly rolling?: number | string;
  readonly canary?: readonly number[];
  readonly hooks?: readonly HookName[];
  readonly steps?: readonly string[];
  /** Makes it a job on the server, with these steps. */
  readonly server?: readonly ShortServerStep[];
}

/** A step on the server: `task: Delay@1`; `timeout` in minutes. */
export interface ShortServerStep {
  readonly task: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly if?: string;
  readonly timeout?: number;
  readonly continueOnError?: boolean;
  readonly retries?: number;
}

const NOWHERE: SourceRange = { file: 'azure-pipelines.yml', line: 1, column: 1, endLine: 1, endColumn: 1 };

/** The plan that a short one stands for. */
export function longPlan(short: ShortPlan): Plan {
  const { name = '$(Build.BuildId)', variables = {}, repositories = [], pipelines, stages } = short;
  return {
    version: 1,
    name,
    variables: longVariables(variables),
    repositories: [{ alias: 'self', type: 'git', name: 'shop', ref: 'refs/heads/main' }, ...repositories],
    ...(pipelines !== undefined && { resources: { ...NO_RESOURCES, pipelines } }),
    ...(short.extends !== undefined && { extends: short.extends }),
    stages: Object.entries(stages).map(([stage, one]) => longStage(stage, one ?? {})),
  };
}

const NO_RESOURCES: ResourcesPlan = { pipelines: [], containers: [], builds: [], packages: [], webhooks: [] };

function longStage(name: string, short: ShortStage): StagePlan {
  return {
    name,
    displayName: name,
    dependsOn: list(short.after),
    ...(short.if === undefined ? {} : { condition: String(short.if) }),
    variables: longVariables(short.variables ?? {}),
    ...(short.lockBehavior === undefined ? {} : { lockBehavior: short.lockBehavior }),
    ownLock: short.ownLock ?? false,
    manual: short.manual ?? false,
    isSkippable: short.isSkippable ?? true,
    jobs: Object.entries(short.jobs ?? { j: null }).map(([job, one]) => longJob(job, one ?? {})),
    source: NOWHERE,
  };
}

function longJob(name: string, short: ShortJob): JobPlan {
  const onAgents: PoolPlan = {
    kind: 'pool',
    ...(short.pool === undefined ? {} : { name: short.pool }),
    demands: (short.demands ?? []).map((text) => {
      const [capability = '', equals] = text.split(' -equals ');
      return equals === undefined ? { capability } : { capability, equals };
    }),
  };
  const pool: PoolPlan = short.server === undefined ? onAgents : { kind: 'server' };
  const steps = short.server?.map(longServerStep) ?? (short.steps ?? ['echo']).map(longStep);
  const common = {
    name,
    displayName: name,
    dependsOn: list(short.after),
    ...(short.if === undefined ? {} : { condition: String(short.if) }),
    variables: longVariables(short.variables ?? {}),
    pool,
    timeoutInMinutes: typeof short.timeout === 'string' ? longValue(short.timeout) : (short.timeout ?? 60),
    cancelTimeoutInMinutes: short.cancelTimeout ?? 5,
    continueOnError:
      typeof short.continueOnError === 'string'
        ? longValue(short.continueOnError)
        : (short.continueOnError ?? false),
    source: NOWHERE,
  };
  if (short.environment === undefined) return { ...common, kind: 'job', ...jobStrategy(short), steps };
  return {
    ...common,
    kind: 'deployment',
    environment: { name: short.environment, ...resourcesOf(short) },
    strategy: deploymentStrategy(short),
    hooks: (short.hooks ?? ['deploy']).map((hook) => ({ hook, pool, steps })),
  };
}

function resourcesOf({
  resource,
  resourceId,
  resourceType,
  tags,
}: ShortJob): Omit<EnvironmentReference, 'name'> {
  return {
    ...(resource !== undefined && { resourceName: resource }),
    ...(resourceId !== undefined && { resourceId }),
    ...(resourceType !== undefined && { resourceType }),
    ...(tags !== undefined && { tags }),
  };
}

function deploymentStrategy({ rolling, canary }: ShortJob): DeploymentStrategy {
  if (canary !== undefined) return { kind: 'canary', increments: canary };
  if (rolling === undefined) return { kind: 'runOnce' };
  return { kind: 'rolling', ...(rolling !== 'all' && { maxParallel: late(rolling) }) };
}

function jobStrategy({ matrix, parallel, maxParallel }: ShortJob): Pick<PlainJobPlan, 'strategy'> {
  if (parallel !== undefined) return { strategy: { kind: 'parallel', count: late(parallel) } };
  if (matrix === undefined) return {};
  const legs =
    typeof matrix === 'string'
      ? longValue(matrix)
      : Object.entries(matrix).map(([name, variables]) => ({ name, variables: longValues(variables) }));
  const most = maxParallel === undefined ? {} : { maxParallel: late(maxParallel) };
  return { strategy: { kind: 'matrix', legs, ...most } };
}

function longValues(texts: Readonly<Record<string, string>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, longValue(text)]));
}

function late(value: number | string): Value | number {
  return typeof value === 'string' ? longValue(value) : value;
}

function longStep(script: string, index: number): StepPlan {
  return {
    name: `step${index + 1}`,
    displayName: script,
    task: { name: 'CmdLine', version: '2' },
    inputs: { script },
    env: {},
    continueOnError: false,
    timeoutInMinutes: 0,
    retryCountOnTaskFailure: 0,
    source: NOWHERE,
  };
}

function longServerStep(short: ShortServerStep, index: number): StepPlan {
  const [name = '', version = '1'] = short.task.split('@');
  return {
    name: `step${index + 1}`,
    displayName: name,
    task: { name, version },
    inputs: short.inputs ?? {},
    env: {},
    ...(short.if === undefined ? {} : { condition: short.if }),
    continueOnError: short.continueOnError ?? false,
    timeoutInMinutes: short.timeout ?? 0,
    retryCountOnTaskFailure: short.retries ?? 0,
    source: NOWHERE,
  };
}

function longVariables(variables: Readonly<Record<string, string>>): readonly VariablePlan[] {
  return Object.entries(variables).map(([name, value]) => ({
    name,
    value: longValue(String(value)),
    readonly: false,
  }));
}

function longValue(text: string): Value {
  const expression = /^\$\[(.*)\]$/s.exec(text)?.[1];
  return expression === undefined ? text : { expression: expression.trim() };
}

function list(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}
