import { fold, type EnvironmentReference, type PoolId } from '@signalbox/model';
import { MAX_LEGS } from './limits.ts';

/** A machine of an environment: a resource with an agent of its own, alone under its name in the pool (ENV-5). */
export interface Machine {
  /** The number of the resource in its organisation. */
  readonly id: number;
  readonly name: string;
  readonly tags: readonly string[];
  /** The pool of the environment's machines. */
  readonly pool: PoolId;
}

/** The machines of environments as they are now, by the environment's number; one that is not here was not asked for. */
export type KnownMachines = ReadonlyMap<string, readonly Machine[]>;

/** The machines to deploy to, never none, in the order of their names; or one sentence why there are none. */
export type Chosen =
  | { readonly ok: true; readonly machines: readonly Machine[] }
  | { readonly ok: false; readonly message: string };

/** True when the reference names resources of the environment and not only the environment (DEP-2). */
export function namesResources({
  resourceName,
  resourceId,
  resourceType,
  tags,
}: EnvironmentReference): boolean {
  return [resourceName, resourceId, resourceType, tags].some((one) => one !== undefined);
}

/** Chooses by name, number and tags; all that is given must hold, letter case aside (DEP-2, AGENT-15). */
export function chooseMachines(wanted: EnvironmentReference, all: readonly Machine[]): Chosen {
  const { name, resourceName, resourceId, tags = [] } = wanted;
  const found = all
    .filter((one) => resourceName === undefined || fold(one.name) === fold(resourceName))
    .filter((one) => resourceId === undefined || one.id === resourceId)
    .filter((one) => tags.every((tag) => one.tags.some((own) => fold(own) === fold(tag))));
  if (found.length > MAX_LEGS) {
    return wrong(`${found.length} machines of environment '${name}' match; ${MAX_LEGS} are allowed.`);
  }
  if (found.length > 0) return { ok: true, machines: found.toSorted(byName) };
  if (all.length === 0) {
    return wrong(
      `Environment '${name}' has no machines. Start an agent on each of them with --environment ${name}.`,
    );
  }
  return wrong(
    `Environment '${name}' has no machine ${words(wanted)}. It has ${all.map(described).join(', ')}.`,
  );
}

function words({ resourceName, resourceId, tags = [] }: EnvironmentReference): string {
  const parts = [
    ...(resourceName === undefined ? [] : [`named '${resourceName}'`]),
    ...(resourceId === undefined ? [] : [`with the number ${resourceId}`]),
    ...(tags.length === 0 ? [] : [`with the tags ${tags.map((tag) => `'${tag}'`).join(', ')}`]),
  ];
  return parts.join(' and ');
}

function described({ name, tags }: Machine): string {
  return tags.length === 0 ? `'${name}' without tags` : `'${name}' (${tags.join(', ')})`;
}

function byName(a: Machine, b: Machine): number {
  return fold(a.name) < fold(b.name) ? -1 : 1;
}

function wrong(message: string): Chosen {
  return { ok: false, message };
}
