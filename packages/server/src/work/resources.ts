import { randomUUID } from 'node:crypto';
import {
  DEFAULT_LOCK_POLICY,
  fold,
  type CheckedResource,
  type Diagnostic,
  type Plan,
  type StagePlan,
} from '@signalbox/model';
import type { DefinitionRow, EnvironmentRow, ProjectRow, Store } from '@signalbox/store';
import { libraryProblems } from './protected/library-problems.ts';
import { findResources } from './protected/protected-resources.ts';
import { referencesOf } from './protected/references.ts';
import { withGroups } from './protected/variable-groups.ts';

/** The protected resources of each stage, by folded name (LOCK-9). */
export type StageResources = Readonly<Record<string, readonly CheckedResource[]>>;

/** For whom the resources are looked up. */
export interface ResourceOwner {
  readonly project: ProjectRow;
  readonly definition: DefinitionRow;
  readonly requestedFor: string;
  /** Values given when queueing: names of resources may be made of them. */
  readonly variables: Readonly<Record<string, string>>;
  /** The pool of jobs that name none. */
  readonly defaultPool: string;
}

/** What a run needs of the project: its plan with the variables of its groups, and what its stages lock. */
export type Prepared =
  | { readonly ok: true; readonly plan: Plan; readonly resources: StageResources }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Finds what each stage uses that is protected, and makes what is missing: environments on the fly (DEP-4), and the
 * lock of a stage that has one of its own (LOCK-5). Both are safe when several runs do it at once. Nothing is made
 * when a service connection or a variable group is not there: then no run is.
 */
export async function prepareResources(store: Store, owner: ResourceOwner, plan: Plan): Promise<Prepared> {
  const references = referencesOf(plan, owner);
  const found = await findResources(store, owner.project, references);
  if (found.missing.length > 0) return { ok: false, diagnostics: libraryProblems(found.missing) };
  const environments = await environmentsOf(store, owner, plan);
  const resources: Record<string, readonly CheckedResource[]> = {};
  for (const stage of plan.stages) {
    const own = stage.ownLock ? [await stageLock(store, owner, stage)] : [];
    const used = environmentNames(stage).flatMap((name) => environments.get(fold(name)) ?? []);
    const others = references.flatMap((one) => (one.stage === stage ? (found.of(one) ?? []) : []));
    const all = unique([...used.map(environmentResource), ...others, ...own]);
    if (all.length > 0) resources[fold(stage.name)] = all;
  }
  return { ok: true, plan: withGroups(plan, found.groups), resources };
}

/** Two names may lead to one resource; it counts once (CHK-5). */
function unique(resources: readonly CheckedResource[]): readonly CheckedResource[] {
  return [...new Map(resources.map((one) => [`${one.type}:${one.id}`, one])).values()];
}

function environmentNames(stage: StagePlan): readonly string[] {
  const names = stage.jobs.flatMap((job) => (job.kind === 'deployment' ? [job.environment.name] : []));
  // One lock request per environment, however many jobs of the stage deploy to it.
  return [...new Map(names.map((name) => [fold(name), name])).values()];
}

/** The environments that a run of the plan would make; by name, each once. */
export async function missingEnvironments(
  store: Store,
  { id }: ProjectRow,
  plan: Plan,
): Promise<readonly string[]> {
  const names = new Map(plan.stages.flatMap(environmentNames).map((name) => [fold(name), name]));
  const missing: string[] = [];
  for (const name of names.values()) {
    if ((await store.environments.find(id, name)) === undefined) missing.push(name);
  }
  return missing;
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
export function environmentResource(environment: EnvironmentRow): CheckedResource {
  return { type: 'environment', id: String(environment.id), name: environment.name };
}

/** How a stage with a lock of its own is named as a protected resource (LOCK-5). */
export function stageResource(definition: DefinitionRow, stage: string): CheckedResource {
  const id = `${definition.id}:${fold(stage)}`;
  return { type: 'persistedStage', id, name: `${definition.name} / ${stage}` };
}

async function stageLock(
  store: Store,
  { project, definition }: ResourceOwner,
  stage: StagePlan,
): Promise<CheckedResource> {
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
