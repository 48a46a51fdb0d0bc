import type { PermissionPatch, ResourceName, WirePipelinePermissions } from '@signalbox/api';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useAsked, useChange } from './ask.ts';

const PERMISSIONS = 'pipelinePermissions';

/** Which pipelines may use something. */
export function usePipelinePermissions(resource: ResourceName): UseQueryResult<WirePipelinePermissions> {
  return useAsked({
    name: PERMISSIONS,
    of: [resource.type, resource.id],
    read: ({ client, project }) => client.getPipelinePermissions(project, resource),
  });
}

/** Changes which pipelines may use something. */
export function usePermit(
  resource: ResourceName,
): UseMutationResult<WirePipelinePermissions, Error, PermissionPatch> {
  return useChange(PERMISSIONS, ({ client, project }, patch) =>
    client.changePipelinePermissions(project, resource, patch),
  );
}
