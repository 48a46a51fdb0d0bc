import { randomUUID } from 'node:crypto';
import type { ResourceKey } from '@signalbox/engine';
import { DEFAULT_LOCK_POLICY, fold, type Plan, type StagePlan } from '@signalbox/model';
import type { DefinitionRow, EnvironmentRow, ProjectRow, Store } from '@signalbox/store';

/** The protected resources of each stage, by folded name (LOCK-9). */
export type StageResources = Readonly<Record<string, readonly (ResourceKey & { readonly name: string })[]>>;

/** For whom the resources are looked up. */
export interface ResourceOwner {
  readonly project: ProjectRow;
  readonly definition: DefinitionRow;
  readonly requestedFor: string;
}

/**
 * Finds what each stage may lock, and makes what is missing: environments on the fly (DEP-4), and the lock of a stage
 * that has one of its own (LOCK-5). Both are safe when several runs do it at once.
 */
export async function prepareResources(
  store: Store,
  owner: ResourceOwner,
  plan: Plan,
): Promise<StageResources> {
  const environments = await environmentsOf(store, owner, plan);
  const resources: Record<string, readonly (ResourceKey & { readonly name: string })[]> = {};
  for (const stage of plan.stages) {
    const own = stage.ownLock ? [await stageLock(store, owner, stage)] : [];
    const used = environmentNames(stage).flatMap((name) => environments.get(fold(name)) ?? []);
    const found = [...used.map(environmentResource), ...own];
    if (found.length > 0) resources[fold(stage.name)] = found;
  }
  return resources;
}

function environmentNames(stage: StagePlan): readonly string[] {
  const names = stage.jobs.flatMap((job) => (job.kind === 'deployment' ? [job.environment.name] : []));
  // One lock request per environment, however many jobs of the stage deploy to it.
  return [...new Map(names.map((name) => [fold(name), name])).values()];
}

async function environmentsOf(
  store: Store,
  owner: ResourceOwner,
  plan: Plan,
): Promise<ReadonlyMap<string, EnvironmentRow>> {
  const found = new Map<string, EnvironmentRow>();
  for (const name of plan.stages.flatMap(environmentNames)) {
    if (found.has(fold(name))) continue;
    const known = await store.environments.find(owner.project.id, name);
    const input = { name, createdBy: owner.requestedFor };
    found.set(fold(name), known ?? (await store.environments.upsert(owner.project.id, input)));
  }
  return found;
}

/** How an environment is named as a protected resource. */
export function environmentResource(environment: EnvironmentRow): ResourceKey & { readonly name: string } {
  return { type: 'environment', id: String(environment.id), name: environment.name };
}

/** How a stage with a lock of its own is named as a protected resource (LOCK-5). */
export function stageResource(
  definition: DefinitionRow,
  stage: string,
): ResourceKey & { readonly name: string } {
  const id = `${definition.id}:${fold(stage)}`;
  return { type: 'persistedStage', id, name: `${definition.name} / ${stage}` };
}

async function stageLock(
  store: Store,
  { project, definition }: ResourceOwner,
  stage: StagePlan,
): Promise<ResourceKey & { readonly name: string }> {
  const { name, ...key } = stageResource(definition, stage.name);
  if ((await store.locks.find(project.id, key)) === undefined) {
    const body = {
      type: 'ConfigureLock',
      resource: key,
      name,
      policy: DEFAULT_LOCK_POLICY,
      enabled: true,
      by: 'pipeline',
    } as const;
    // Two runs that come at once configure it alike; the second changes nothing.
    await store.inbox.execute({ to: { kind: 'interlocking', id: project.id }, body }, randomUUID());
  }
  return { ...key, name };
}
