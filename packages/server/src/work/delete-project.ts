import type { ProjectId } from '@signalbox/model';
import type { Store } from '@signalbox/store';

/** Runs that one round removes; a round is as long as a request may be. */
const RUNS_OF_ROUND = 100;
/** Who deleted the runs, as the list of deleted runs says. */
const BY = 'the deletion of the project';

/** What it deletes from. */
export type EmptiedStore = Pick<
  Store,
  | 'blobs'
  | 'checks'
  | 'connections'
  | 'definitions'
  | 'environments'
  | 'folders'
  | 'machines'
  | 'pools'
  | 'projects'
  | 'roles'
  | 'runLeases'
  | 'runs'
  | 'secureFiles'
  | 'settings'
  | 'subscriptions'
  | 'tokens'
  | 'triggers'
  | 'variableGroups'
>;

/** `more`: another round finds more; `waiting`: a run that is not over is left. */
export type Emptying = 'emptied' | 'more' | 'waiting';

/**
 * Deletes what is in a project that nobody finds any more: first everything that holds a secret, then runs with logs
 * and artifacts, a round of them. Doing it again does no harm, so one that was broken off goes on.
 */
export async function emptyProject(store: EmptiedStore, project: ProjectId): Promise<Emptying> {
  if (await isEmptied(store, project)) return 'emptied';
  await removeLibrary(store, project);
  await removeSettings(store, project);
  const leases = await store.runLeases.list(project);
  await store.runLeases.remove(
    project,
    leases.map(({ id }) => id),
  );
  const result = await removeRuns(store, project);
  if (result === 'emptied') await store.settings.set(keyOf(project), 'yes');
  return result;
}

/** Whether nothing is left of it. */
export async function isEmptied({ settings }: Pick<Store, 'settings'>, project: ProjectId): Promise<boolean> {
  return (await settings.get(keyOf(project))) !== undefined;
}

/** Goes on with every project whose deletion is not through; what waits for a run waits until the next time. */
export async function emptyProjects(store: EmptiedStore): Promise<void> {
  for (const { id } of await store.projects.deleting()) {
    let result: Emptying;
    do result = await emptyProject(store, id);
    while (result === 'more');
  }
}

async function removeLibrary(store: EmptiedStore, project: ProjectId): Promise<void> {
  for (const { guid } of await store.connections.list(project)) await store.connections.remove(project, guid);
  for (const { id } of await store.variableGroups.list(project))
    await store.variableGroups.remove(project, id);
  for (const { guid } of await store.secureFiles.list(project)) {
    await store.secureFiles.remove(project, guid);
    await store.blobs.release(`securefile:${guid}`);
  }
  for (const { id } of await store.subscriptions.list(project)) await store.subscriptions.remove(id);
  for (const token of await store.tokens.list())
    if (token.project === project) await store.tokens.revoke(token.id);
  for (const { id } of await store.definitions.list(project)) {
    await store.definitions.remove(project, id);
    await store.triggers.forget(id);
  }
  await store.definitions.forgetRemoved({ project });
}

async function removeSettings(store: EmptiedStore, project: ProjectId): Promise<void> {
  for (const { id } of await store.checks.list(project)) await store.checks.remove(project, id);
  for (let after: string | undefined; ;) {
    const page = await store.environments.list(project, after === undefined ? {} : { after });
    for (const { id } of page.items) {
      for (const machine of await store.machines.list(id)) await store.machines.remove(id, machine.id);
      await store.environments.remove(project, id);
    }
    if (page.next === undefined) break;
    after = page.next;
  }
  for (const { path } of await store.folders.list(project)) await store.folders.remove(project, path);
  for (const { id } of await store.pools.queues(project)) await store.pools.removeQueue(project, id);
  for (const role of await store.roles.list())
    if (role.place.project === project) await store.roles.take(role);
}

async function removeRuns(store: EmptiedStore, project: ProjectId): Promise<Emptying> {
  const { items } = await store.runs.list(project, { limit: RUNS_OF_ROUND });
  let removed = 0;
  for (const { id } of items) if ((await store.runs.remove(id, BY)) === 'removed') removed += 1;
  if ((await store.runs.list(project, { limit: 1 })).items.length === 0) return 'emptied';
  return removed > 0 ? 'more' : 'waiting';
}

function keyOf(project: ProjectId): string {
  return `project:emptied:${project}`;
}
