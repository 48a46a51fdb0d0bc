import type { CheckedResource } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import { environmentResource } from '../../../work/resources.ts';
import type { Ask } from '../../ask.ts';
import { badRequest, notFound } from '../../problem.ts';
import type { Fields } from '../../read/fields.ts';

/** The types of resource that can have checks (CHK-1), in the published words. */
export const CHECKED_TYPES = [
  'endpoint',
  'environment',
  'queue',
  'repository',
  'securefile',
  'variablegroup',
] as const;

type CheckedType = (typeof CHECKED_TYPES)[number];

/** Finds a resource by its id in its project. */
type Finder = (ask: Ask, project: ProjectRow, id: string) => Promise<CheckedResource | undefined>;

/** How resources are found; a type without an entry cannot be protected yet. */
const FINDERS: Readonly<Partial<Record<CheckedType, Finder>>> = {
  async environment(ask, project, id) {
    const number = numberOf(id);
    const found = number === undefined ? undefined : await ask.app.store.environments.get(project.id, number);
    return found && environmentResource(found);
  },
  async queue(ask, project, id) {
    const queues = await ask.app.store.pools.queues(project.id);
    const found = queues.find((queue) => String(queue.id) === id);
    return found && { type: 'queue', id, name: found.name };
  },
};

/** Whether checks on such a resource are told by this API; locks of stages and named ones are not. */
export function isChecked(type: string): boolean {
  return CHECKED_TYPES.some((known) => known === type);
}

/** The resource that a body names, by type and id; 404 when there is none. */
export async function readResource(
  ask: Ask,
  project: ProjectRow,
  resource: Fields,
): Promise<CheckedResource> {
  const written = resource.text('type')?.toLowerCase();
  const type = CHECKED_TYPES.find((known) => known === written);
  if (type === undefined) {
    throw badRequest(
      `"resource.type" must be one of: ${CHECKED_TYPES.join(', ')}; it is ${written ?? 'missing'}.`,
    );
  }
  const finder = FINDERS[type];
  if (finder === undefined)
    throw badRequest(
      `A check on a resource of the type ${type} is not supported yet; put it on an environment.`,
    );
  const id = resource.textOrNumber('id') ?? '';
  const found = await finder(ask, project, id);
  if (found === undefined)
    throw notFound(KINDS[type], `The ${type} ${id === '' ? '(none)' : id.slice(0, 80)}`);
  return found;
}

/** How the answer calls a resource that does not exist. */
const KINDS: Readonly<Record<CheckedType, string>> = {
  endpoint: 'ServiceEndpoint',
  environment: 'Environment',
  queue: 'TaskAgentQueue',
  repository: 'Repository',
  securefile: 'SecureFile',
  variablegroup: 'VariableGroup',
};

function numberOf(id: string): number | undefined {
  return /^\d{1,15}$/.test(id) && Number(id) > 0 ? Number(id) : undefined;
}
