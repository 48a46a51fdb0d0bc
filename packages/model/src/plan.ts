import type { SourceRange } from './source.ts';

/**
 * The three times of evaluation are kept apart by type (VAR-1): what `${{ }}` produced is plain text by now;
 * a `RuntimeText` is evaluated when its owner starts; a `MacroText` may hold `$(name)`, expanded when used.
 */
export type MacroText = string;

/** Text whose whole value is a run-time expression `$[ … ]`; `expression` is without the brackets. */
export interface RuntimeText {
  readonly expression: string;
}

/** A value that is either text with macros or a run-time expression (YAML-36, VAR-3). */
export type Value = MacroText | RuntimeText;

/** True when the value is a run-time expression. */
export function isRuntime(value: Value | number | boolean): value is RuntimeText {
  return typeof value === 'object';
}

/** A variable in the order in which it was written (VARD-5); `name` keeps the author's spelling. */
export interface VariablePlan {
  readonly name: string;
  readonly value: Value;
  readonly readonly: boolean;
}

/** Where the jobs of a phase run (POOL-1 … POOL-4). */
export type PoolPlan =
  /** A named self-hosted pool; `name` absent: the definition's default pool. */
  | {
      readonly kind: 'pool';
      readonly name?: Value;
      readonly demands: readonly DemandPlan[];
      readonly vmImage?: MacroText;
    }
  /** `pool: server`: runs on the server, needs no agent (JOB-7). */
  | { readonly kind: 'server' };

/** `capability` or `capability -equals value` (POOL-3). Text may hold macros until the job is queued. */
export interface DemandPlan {
  readonly capability: MacroText;
  readonly equals?: MacroText;
}

/** A step: every shortcut is already its task (STEPY-3). */
export interface StepPlan {
  /** Reference name, unique in its job ignoring case (NAME-4). */
  readonly name: string;
  readonly displayName: MacroText;
  readonly task: TaskReference;
  /** Inputs by name, all text (STEPY-3). */
  readonly inputs: Readonly<Record<string, MacroText>>;
  readonly env: Readonly<Record<string, MacroText>>;
  /** Absent means `succeeded()` (EXPR-7). */
  readonly condition?: string;
  readonly continueOnError: boolean;
  /** Minutes; 0 means no limit (STEPY-1). */
  readonly timeoutInMinutes: number;
  readonly retryCountOnTaskFailure: number;
  readonly source: SourceRange;
}

/** Which task runs a step, for example CmdLine@2 (STEPY-6). */
export interface TaskReference {
  readonly name: string;
  readonly version: string;
}

/** The hooks of a deployment in the order they run; the last two exclude each other (DEP-5, DEP-6). */
export type HookName =
  'preDeploy' | 'deploy' | 'routeTraffic' | 'postRouteTraffic' | 'onSuccess' | 'onFailure';

/** One hook: a job instance of its own, with its own agent (DEP-5). */
export interface HookPlan {
  readonly hook: HookName;
  readonly pool: PoolPlan;
  readonly steps: readonly StepPlan[];
}

/** What both kinds of job have in common (YAML-30, DEP-1). */
interface JobCommon {
  /** Name, unique in its stage ignoring case; `__default` for a lone unnamed job (NAME-3). */
  readonly name: string;
  readonly displayName: MacroText;
  /** Names of jobs of the same stage, as declared there. */
  readonly dependsOn: readonly string[];
  readonly condition?: string;
  readonly variables: readonly VariablePlan[];
  readonly pool: PoolPlan;
  /** Minutes; 0 means unlimited on own agents (YAML-32). */
  readonly timeoutInMinutes: Value | number;
  readonly cancelTimeoutInMinutes: Value | number;
  readonly continueOnError: Value | boolean;
  readonly clean?: 'outputs' | 'resources' | 'all';
  readonly source: SourceRange;
}

/** A plain job: one instance that runs its steps in order. */
export interface PlainJobPlan extends JobCommon {
  readonly kind: 'job';
  readonly steps: readonly StepPlan[];
}

/** A deployment job with strategy `runOnce`: its hooks run one after another (DEP-6). */
export interface DeploymentJobPlan extends JobCommon {
  readonly kind: 'deployment';
  readonly environment: EnvironmentReference;
  readonly strategy: 'runOnce';
  readonly hooks: readonly HookPlan[];
}

/** A job of a stage (GLOSS-2 calls it a phase). */
export type JobPlan = PlainJobPlan | DeploymentJobPlan;

/** The environment that a deployment job names; known when the pipeline is compiled (DEP-2, DEP-3). */
export interface EnvironmentReference {
  readonly name: string;
  readonly resourceName?: string;
}

/** The lock behaviours that YAML can name (YAML-26). */
export type YamlLockBehavior = 'sequential' | 'runLatest';

/** A stage, its jobs, and what it locks. */
export interface StagePlan {
  readonly name: string;
  readonly displayName: MacroText;
  /** Names of stages, the implied predecessor included (YAML-21). */
  readonly dependsOn: readonly string[];
  readonly condition?: string;
  readonly variables: readonly VariablePlan[];
  /** The stage's own value, else the pipeline's; absent: each lock's own policy decides (LOCK-8). */
  readonly lockBehavior?: YamlLockBehavior;
  /** True when a named stage says `lockBehavior` itself: it then has a lock of its own (YAML-26, LOCK-5, GAP-15). */
  readonly ownLock: boolean;
  /** `trigger: manual`: the stage waits until a person starts it (MAN-1). */
  readonly manual: boolean;
  /** False forbids deselecting the stage when a run is queued (YAML-25). */
  readonly isSkippable: boolean;
  /** Never empty (YAML-27). */
  readonly jobs: readonly JobPlan[];
  readonly source: SourceRange;
}

/** A repository the jobs can check out; `self` is always there (RSRC-5). */
export interface RepositoryPlan {
  readonly alias: string;
  readonly type: string;
  readonly name: string;
  readonly ref: string;
}

/**
 * What a pipeline file compiles to: immutable, plain JSON, frozen into each run (RUN-5, INV-45).
 * `${{ }}` is gone; run-time expressions and macros are still text.
 */
export interface Plan {
  readonly version: 1;
  /** Run-number format (RNAME-1); the default is filled in. */
  readonly name: MacroText;
  /** Pipeline-level variables in order. */
  readonly variables: readonly VariablePlan[];
  readonly repositories: readonly RepositoryPlan[];
  /** In the order of the file; never empty; acyclic; dependencies exist. */
  readonly stages: readonly StagePlan[];
}
