import { fold, type CheckedResource } from '@signalbox/model';
import type { ProjectRow, Store, VariableGroupRow } from '@signalbox/store';
import { isOfLibrary } from './library-problems.ts';
import type { NamedReference } from './references.ts';
import { repositoryResource, secureFileResource } from './resources-by-id.ts';

/** What a plan's references besides environments lead to. */
export interface FoundResources {
  /** The resource of a reference; undefined when nothing protects it. */
  readonly of: (reference: NamedReference) => CheckedResource | undefined;
  /** What must be there and is not. */
  readonly missing: readonly NamedReference[];
  readonly groups: ReadonlyMap<string, VariableGroupRow>;
}

/**
 * Looks up what the stages use besides environments. Of repositories and pools, which nearly every stage uses, only
 * those count that have a check, a lock or a permission at this moment; the others would cost every stage of every run.
 */
export async function findResources(
  store: Store,
  project: ProjectRow,
  references: readonly NamedReference[],
): Promise<FoundResources> {
  const found = new Map<string, CheckedResource | undefined>();
  const groups = new Map<string, VariableGroupRow>();
  for (const reference of references) {
    const key = keyOf(reference);
    if (reference.name === undefined || found.has(key)) continue;
    if (reference.type === 'variablegroup') {
      const group = await store.variableGroups.find(project.id, reference.name);
      if (group !== undefined) groups.set(fold(reference.name), group);
      found.set(key, group && { type: 'variablegroup', id: String(group.id), name: group.name });
    } else {
      found.set(key, await lookUp(store, project, { ...reference, name: reference.name }));
    }
  }
  const of = (reference: NamedReference): CheckedResource | undefined => found.get(keyOf(reference));
  const missing = references.filter((one) => isOfLibrary(one.type) && of(one) === undefined);
  return { of, missing, groups };
}

function keyOf({ type, name = '' }: Pick<NamedReference, 'type' | 'name'>): string {
  return `${type}:${fold(name)}`;
}

async function lookUp(
  store: Store,
  project: ProjectRow,
  { type, name }: NamedReference & { readonly name: string },
): Promise<CheckedResource | undefined> {
  switch (type) {
    case 'endpoint': {
      const row =
        (await store.connections.find(project.id, name)) ?? (await store.connections.get(project.id, name));
      return row && { type, id: row.guid, name: row.name };
    }
    case 'securefile': {
      const row = await store.secureFiles.find(project.id, name);
      return row && secureFileResource(row.name);
    }
    case 'repository': {
      const prefix = `${fold(project.name)}/`;
      const bare = fold(name).startsWith(prefix) ? name.slice(prefix.length) : name;
      return ifProtected(store, project, repositoryResource(project, bare));
    }
    case 'queue':
      return lookUpQueue(store, project, name);
    // Environments are made where they are missing, and groups are looked up with their variables.
    case 'environment':
    case 'variablegroup':
      return undefined;
  }
}

async function lookUpQueue(
  store: Store,
  project: ProjectRow,
  name: string,
): Promise<CheckedResource | undefined> {
  const pool = await store.pools.find(name);
  const queues = pool === undefined ? [] : await store.pools.queues(project.id);
  const queue = queues.find((one) => one.pool === pool?.id);
  return queue && ifProtected(store, project, { type: 'queue', id: String(queue.id), name: queue.name });
}

async function ifProtected(
  store: Store,
  project: ProjectRow,
  resource: CheckedResource,
): Promise<CheckedResource | undefined> {
  const { type, id } = resource;
  const guarded =
    (await store.checks.list(project.id, { type, id })).length > 0 ||
    (await store.locks.find(project.id, { type, id })) !== undefined ||
    (await store.permissions.get(project.id, { type, id })) !== undefined;
  return guarded ? resource : undefined;
}
