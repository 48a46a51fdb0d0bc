import type { ResourceKey } from '@signalbox/engine';
import type { DefinitionId, Instant, ProjectId } from '@signalbox/model';

/** That a pipeline may use a resource, who said so, and when. */
export interface Authorization {
  readonly definition: DefinitionId;
  readonly by: string;
  readonly at: Instant;
}

/** Who may use a resource that somebody said something about; a `PipelinePermission` for its pipelines' numbers. */
export interface ResourcePermission {
  readonly resource: ResourceKey;
  readonly allPipelines: boolean;
  /** Who said last whether all may, and when. */
  readonly by: string;
  readonly at: Instant;
  /** In the order of their numbers. */
  readonly authorizations: readonly Authorization[];
}

/** What a caller changes of a permission; what is absent stays. */
export interface PermissionChange {
  readonly allPipelines?: boolean;
  /** `authorized: false` takes the pipeline from the list. */
  readonly pipelines: readonly { readonly definition: DefinitionId; readonly authorized: boolean }[];
  readonly by: string;
}

/**
 * Which pipelines may use which resource. A resource that nobody said anything about is open to all; the first word
 * restricts it to those named, and it stays restricted when the last of them is taken away.
 */
export interface Permissions {
  /** Undefined: nobody said anything. */
  get(project: ProjectId, resource: ResourceKey): Promise<ResourcePermission | undefined>;
  change(project: ProjectId, resource: ResourceKey, change: PermissionChange): Promise<ResourcePermission>;
  /** Forgets what was said; for a resource that is deleted. */
  remove(project: ProjectId, resource: ResourceKey): Promise<void>;
}
