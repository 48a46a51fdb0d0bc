import type { ContainerPlan } from './container.ts';
import type { Filter, PushTrigger } from './triggers.ts';

/** A repository the jobs can check out; `self` is always there (RSRC-5). */
export interface RepositoryPlan {
  readonly alias: string;
  readonly type: string;
  readonly name: string;
  readonly ref: string;
  /** What `ref` named when the run was queued, for the whole run (RSRC-6); absent: no run, or not known. */
  readonly commit?: string;
  readonly endpoint?: string;
  /** Pushes to it that start a run (TRIG-13); absent: none. */
  readonly trigger?: PushTrigger;
}

/** What a pipeline uses besides repositories; every list is in the order of the file (RSRC-1). */
export interface ResourcesPlan {
  readonly pipelines: readonly PipelineResourcePlan[];
  readonly containers: readonly ContainerResourcePlan[];
  readonly builds: readonly BuildResourcePlan[];
  readonly packages: readonly PackageResourcePlan[];
  readonly webhooks: readonly WebhookResourcePlan[];
}

/** The runs of another pipeline (RSRC-2, RSRC-3). */
export interface PipelineResourcePlan {
  readonly alias: string;
  /** Name of the definition, with its folder where one is given. */
  readonly source: string;
  readonly project?: string;
  readonly version?: string;
  readonly branch?: string;
  readonly tags?: readonly string[];
  /** Completions that start a run; absent: none (TRIG-40). */
  readonly trigger?: CompletionTrigger;
}

/** Which completions of another pipeline start a run; all that is given must hold (TRIG-41). */
export interface CompletionTrigger {
  readonly branches?: Filter;
  /** All of these stages must have succeeded; absent: the whole run. */
  readonly stages?: readonly string[];
  readonly tags?: readonly string[];
}

/** A container under a name (CONT-1). */
export interface ContainerResourcePlan extends ContainerPlan {
  readonly alias: string;
  readonly type?: string;
  readonly localImage?: boolean;
  /** Registry of type ACR: where the image is. */
  readonly registry?: Readonly<Record<string, string>>;
  /** Tags of new images that start a run; absent: none (TRIG-47). */
  readonly trigger?: ImageTrigger;
}

/** Which tags of new images start a run; both absent: every tag (TRIG-47). */
export type ImageTrigger = Filter;

/** A build of another system (RSRC-1). */
export interface BuildResourcePlan {
  readonly alias: string;
  readonly type: string;
  readonly connection: string;
  readonly source: string;
  readonly version?: string;
  readonly branch?: string;
  /** True: a new build starts a run. */
  readonly trigger: boolean;
}

/** A package of a registry (RSRC-1, TRIG-47). */
export interface PackageResourcePlan {
  readonly alias: string;
  readonly type: string;
  readonly connection: string;
  readonly name: string;
  readonly version?: string;
  readonly tag?: string;
  /** True: a new version starts a run. */
  readonly trigger: boolean;
}

/** A web hook that starts a run when every filter fits its payload (RSRC-7). */
export interface WebhookResourcePlan {
  readonly alias: string;
  readonly connection: string;
  readonly type?: string;
  readonly filters: readonly { readonly path: string; readonly value: string }[];
}
