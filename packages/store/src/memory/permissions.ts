import type { ResourceKey } from '@signalbox/engine';
import type { Instant, ProjectId } from '@signalbox/model';
import type { Permissions, ResourcePermission } from '../port/permissions.ts';

/** What was said about resources, by `permissionKey`. */
export type KnownPermissions = Map<string, ResourcePermission>;

/** Which pipelines may use which resource, in memory. */
export function permissions(known: KnownPermissions, clock: () => Instant): Permissions {
  return {
    get: async (project, resource) => known.get(permissionKey(project, resource)),
    async change(project, { type, id }, { allPipelines, pipelines, by }) {
      const key = permissionKey(project, { type, id });
      const before = known.get(key);
      const at = clock();
      const authorizations = new Map(before?.authorizations.map((one) => [one.definition, one]));
      for (const { definition, authorized } of pipelines) {
        if (!authorized) authorizations.delete(definition);
        else if (!authorizations.has(definition)) authorizations.set(definition, { definition, by, at });
      }
      const said =
        before === undefined || allPipelines !== undefined
          ? { allPipelines: allPipelines ?? false, by, at }
          : { allPipelines: before.allPipelines, by: before.by, at: before.at };
      const after = {
        resource: { type, id },
        ...said,
        authorizations: [...authorizations.values()].sort((a, b) => a.definition - b.definition),
      };
      known.set(key, after);
      return after;
    },
    async remove(project, resource) {
      known.delete(permissionKey(project, resource));
    },
  };
}

/** The key of a resource of a project. */
export function permissionKey(project: ProjectId, { type, id }: ResourceKey): string {
  return `${project}:${type}:${id}`;
}
