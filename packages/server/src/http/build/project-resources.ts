import type { CheckedResource } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import type { App } from '../../app.ts';
import {
  repositoryResource,
  secureFileResource,
  type ProtectedType,
} from '../../work/protected/resources-by-id.ts';

type Lister = (app: App, project: ProjectRow) => Promise<readonly CheckedResource[]>;

const LISTERS: Readonly<Record<ProtectedType, Lister>> = {
  async endpoint({ store }, { id }) {
    const all = await store.connections.list(id);
    return all.map(({ guid, name }) => ({ type: 'endpoint', id: guid, name }));
  },
  environment: async (app, project) => environments(app, project),
  async queue({ store }, { id }) {
    const all = await store.pools.queues(id);
    return all.map(({ id: queue, name }) => ({ type: 'queue', id: String(queue), name }));
  },
  async repository({ known }, project) {
    return (await known.list(project)).map(({ name }) => repositoryResource(project, name));
  },
  async securefile({ store }, { id }) {
    return (await store.secureFiles.list(id)).map(({ name }) => secureFileResource(name));
  },
  async variablegroup({ store }, { id }) {
    const all = await store.variableGroups.list(id);
    return all.map(({ id: group, name }) => ({ type: 'variablegroup', id: String(group), name }));
  },
};

async function environments({ store }: App, { id }: ProjectRow): Promise<readonly CheckedResource[]> {
  const found: CheckedResource[] = [];
  let after: string | undefined;
  do {
    const page = await store.environments.list(id, after === undefined ? {} : { after });
    for (const one of page.items) found.push({ type: 'environment', id: String(one.id), name: one.name });
    after = page.next;
  } while (after !== undefined);
  return found;
}

/** The resources of one type that a project has. */
export function resourcesOfType(
  app: App,
  project: ProjectRow,
  type: ProtectedType,
): Promise<readonly CheckedResource[]> {
  return LISTERS[type](app, project);
}
