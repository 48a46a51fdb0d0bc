import { fold, type CheckedResource } from '@signalbox/model';
import type { ProjectRow, Store } from '@signalbox/store';

/** The types of resource that can have checks, locks and permissions (CHK-1), in the published words. */
export const PROTECTED_TYPES = [
  'endpoint',
  'environment',
  'queue',
  'repository',
  'securefile',
  'variablegroup',
] as const;

/** One of `PROTECTED_TYPES`. */
export type ProtectedType = (typeof PROTECTED_TYPES)[number];

/** Finds a resource of a project by the id that clients give; undefined: there is none. */
type Finder = (store: Store, project: ProjectRow, id: string) => Promise<CheckedResource | undefined>;

const FINDERS: Readonly<Record<ProtectedType, Finder>> = {
  async endpoint(store, project, id) {
    const found = await store.connections.get(project.id, id);
    return found && { type: 'endpoint', id: found.guid, name: found.name };
  },
  async environment(store, project, id) {
    const number = numberOf(id);
    const found = number === undefined ? undefined : await store.environments.get(project.id, number);
    return found && { type: 'environment', id: String(found.id), name: found.name };
  },
  async queue(store, project, id) {
    const found = (await store.pools.queues(project.id)).find((queue) => String(queue.id) === id);
    return found && { type: 'queue', id: String(found.id), name: found.name };
  },
  async repository(_, project, id) {
    const name = repositoryIn(project, id);
    return name === undefined ? undefined : repositoryResource(project, name);
  },
  async securefile(_, __, id) {
    return id.trim() === '' ? undefined : secureFileResource(id.trim());
  },
  async variablegroup(store, project, id) {
    const number = numberOf(id);
    const found = number === undefined ? undefined : await store.variableGroups.get(project.id, number);
    return found && { type: 'variablegroup', id: String(found.id), name: found.name };
  },
};

/** The resource of a project with this type and id, named as people know it. */
export function findProtected(
  store: Store,
  project: ProjectRow,
  { type, id }: { readonly type: ProtectedType; readonly id: string },
): Promise<CheckedResource | undefined> {
  return FINDERS[type](store, project, id);
}

/** A repository has no number here: its id is that of the project and its name, as in `<projectId>.tools`. */
export function repositoryResource(project: ProjectRow, name: string): CheckedResource {
  return { type: 'repository', id: `${project.guid}.${fold(name)}`, name };
}

/** A secure file is known by its name alone. */
export function secureFileResource(name: string): CheckedResource {
  return { type: 'securefile', id: fold(name), name };
}

/** `<projectId>.<name>`, of this project; the name alone will do. */
function repositoryIn(project: ProjectRow, id: string): string | undefined {
  const [, guid, name] = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.(.+)$/i.exec(id) ?? [];
  const bare = name === undefined ? id.trim() : guid?.toLowerCase() === project.guid ? name.trim() : '';
  return bare === '' ? undefined : bare;
}

function numberOf(id: string): number | undefined {
  return /^\d{1,15}$/.test(id) && Number(id) > 0 ? Number(id) : undefined;
}
