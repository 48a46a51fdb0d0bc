import type { DefinitionId } from './ids.ts';

/** Which pipelines may use a protected resource (ENV-3). */
export interface PipelinePermission {
  /** True: every pipeline of the project; `pipelines` says nothing then. */
  readonly allPipelines: boolean;
  readonly pipelines: readonly DefinitionId[];
}

/** Whether a pipeline may use a resource. Where nobody said anything, every pipeline may. */
export function mayUse(permission: PipelinePermission | undefined, definition: DefinitionId): boolean {
  return permission === undefined || permission.allPipelines || permission.pipelines.includes(definition);
}
