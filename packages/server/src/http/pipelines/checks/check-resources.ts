import type { CheckedResource } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import {
  findProtected,
  PROTECTED_TYPES,
  type ProtectedType,
} from '../../../work/protected/resources-by-id.ts';
import type { Ask } from '../../ask.ts';
import { badRequest, notFound } from '../../problem.ts';
import type { Fields } from '../../read/fields.ts';

/** Whether checks on such a resource are told by this API; locks of stages and named ones are not. */
export function isChecked(type: string): boolean {
  return PROTECTED_TYPES.some((known) => known === type);
}

/** The resource that a body names, by type and id; 404 when there is none. */
export async function readResource(
  ask: Ask,
  project: ProjectRow,
  resource: Fields,
): Promise<CheckedResource> {
  const type = readType(resource.text('type'));
  return resourceOf(ask, project, { type, id: resource.textOrNumber('id') ?? '' });
}

/** A word as a type of protected resource, in any letter case. */
export function readType(written: string | undefined): ProtectedType {
  const type = PROTECTED_TYPES.find((known) => known === written?.toLowerCase());
  if (type !== undefined) return type;
  throw badRequest(
    `"resource.type" must be one of: ${PROTECTED_TYPES.join(', ')}; it is ${written?.slice(0, 40) ?? 'missing'}.`,
  );
}

/** The resource of this type and id; 404 when there is none. */
export async function resourceOf(
  { app }: Ask,
  project: ProjectRow,
  key: { readonly type: ProtectedType; readonly id: string },
): Promise<CheckedResource> {
  const found = await findProtected(app.store, project, key);
  if (found !== undefined) return found;
  throw notFound(KINDS[key.type], `The ${key.type} ${key.id === '' ? '(none)' : key.id.slice(0, 80)}`);
}

/** How the answer calls a resource that does not exist. */
const KINDS: Readonly<Record<ProtectedType, string>> = {
  endpoint: 'ServiceEndpoint',
  environment: 'Environment',
  queue: 'TaskAgentQueue',
  repository: 'Repository',
  securefile: 'SecureFile',
  variablegroup: 'VariableGroup',
};
