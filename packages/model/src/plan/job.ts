import type { SourceRange } from '../source.ts';
import type { ContainerReference, ServicePlan } from './container.ts';
import type { PoolPlan } from './pool.ts';
import type { StepPlan } from './step.ts';
import type { MacroText, Value } from './value.ts';
import type { VariableEntry } from './variable.ts';

/** What both kinds of job have in common (YAML-30, DEP-1). */
interface JobCommon {
  /** Name, unique in its stage ignoring case; `__default` for a lone unnamed job (NAME-3). */
  readonly name: string;
  readonly displayName: MacroText;
  /** Names of jobs of the same stage, as declared there. */
  readonly dependsOn: readonly string[];
  readonly condition?: string;
  readonly variables: readonly VariableEntry[];
  readonly pool: PoolPlan;
  /** Minutes; 0 means unlimited on own agents (YAML-32). */
  readonly timeoutInMinutes: Value | number;
  readonly cancelTimeoutInMinutes: Value | number;
  readonly continueOnError: Value | boolean;
  readonly clean?: 'outputs' | 'resources' | 'all';
  /** The container in which the steps run; absent: on the agent itself (CONT-2). */
  readonly container?: ContainerReference;
  /** Containers beside the job, in the order of the file; absent: none (CONT-3). */
  readonly services?: readonly ServicePlan[];
  /** Resources that are used without being named elsewhere (YAML-34); absent: none. */
  readonly uses?: UsesPlan;
  readonly source: SourceRange;
}

/** What `uses` declares: aliases of repositories and names of pools (YAML-34). */
export interface UsesPlan {
  readonly repositories: readonly string[];
  readonly pools: readonly string[];
}

/** A plain job: one instance that runs its steps in order, or several by `strategy`. */
export interface PlainJobPlan extends JobCommon {
  readonly kind: 'job';
  /** Absent: one instance. */
  readonly strategy?: JobStrategy;
  readonly steps: readonly StepPlan[];
}

/** Several instances of one job (MTX-1 … MTX-8). */
export type JobStrategy =
  | {
      readonly kind: 'matrix';
      /** Or an expression or macros that give a JSON object as text (MTX-2, YAML-36). */
      readonly legs: readonly MatrixLeg[] | Value;
      /** How many at a time; absent, 0 or less: all (MTX-6). */
      readonly maxParallel?: Value | number;
    }
  /** `count` slices named Job1 … JobN; 1 or less: one plain job (MTX-4). */
  | { readonly kind: 'parallel'; readonly count: Value | number };

/** One instance of a matrix with its variables (MTX-1). */
export interface MatrixLeg {
  readonly name: string;
  /** What people see; absent: the name. An author's name that no job can have is only shown (MTX-3). */
  readonly displayName?: string;
  readonly variables: Readonly<Record<string, Value>>;
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

/** A deployment job: its hooks run one after another, as its strategy says (DEP-5 … DEP-8). */
export interface DeploymentJobPlan extends JobCommon {
  readonly kind: 'deployment';
  readonly environment: EnvironmentReference;
  readonly strategy: DeploymentStrategy;
  readonly hooks: readonly HookPlan[];
}

/** How a deployment goes about it (DEP-6, DEP-7, DEP-8). */
export type DeploymentStrategy =
  /** Every hook once. */
  | { readonly kind: 'runOnce' }
  /** Batches of machines: so many, or `25%` of them; absent: all at once. */
  | { readonly kind: 'rolling'; readonly maxParallel?: Value | number }
  /** Per cent of the users, one after the other, before all of them. */
  | { readonly kind: 'canary'; readonly increments: readonly (Value | number)[] };

/** A job of a stage (GLOSS-2 calls it a phase). */
export type JobPlan = PlainJobPlan | DeploymentJobPlan;

/** The environment that a deployment job names; known when the pipeline is compiled (DEP-2, DEP-3). */
export interface EnvironmentReference {
  readonly name: string;
  readonly resourceName?: string;
  readonly resourceId?: number;
  readonly resourceType?: 'VirtualMachine' | 'Kubernetes';
  /** Only resources that have all of these; absent: all resources. */
  readonly tags?: readonly string[];
}
