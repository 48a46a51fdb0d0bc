import type { WireProjectReference } from '@signalbox/api';
import type { ProjectRow } from '@signalbox/store';
import { findProject, type Ask } from '../ask.ts';
import { badRequest } from '../problem.ts';
import { fieldsOf, type Fields } from '../read/fields.ts';

/** The lists in which clients name the projects of something in the library. */
export type ReferenceList = 'serviceEndpointProjectReferences' | 'variableGroupProjectReferences';

/** Whose it is, and what that project calls it. */
export interface OwnedBody {
  readonly project: ProjectRow;
  readonly name: string | undefined;
  readonly description: string | undefined;
}

/**
 * Reads the project of a write: from the address in the form of 5.x, else from the one reference of the body in the
 * form of 7.x, whose name and description win (REST.md §3.8). Sharing between projects is refused.
 */
export async function ownedBody(ask: Ask, body: Fields, list: ReferenceList): Promise<OwnedBody> {
  const references = body.list(list).map((one) => fieldsOf(one, `Each of "${list}"`));
  const [reference] = references;
  if (references.length > 1)
    throw badRequest(`"${list}" names more than one project; make one for each project.`);
  const project = (await ask.projectIfNamed()) ?? (await named(ask, reference, list));
  return {
    project,
    name: reference?.text('name') ?? body.text('name'),
    description: reference?.text('description', 4000) ?? body.text('description', 4000),
  };
}

async function named(ask: Ask, reference: Fields | undefined, list: ReferenceList): Promise<ProjectRow> {
  const project = reference?.object('projectReference');
  const name = project?.text('id') ?? project?.text('name');
  if (name === undefined) throw badRequest(`"${list}" must name the project, by id or by name.`);
  return findProject(ask.app, ask.principal, name);
}

/** The project of a DELETE: from the address, else from the one id in `projectIds`. */
export async function ownerOfDeleted(ask: Ask): Promise<ProjectRow> {
  const project = await ask.projectIfNamed();
  if (project !== undefined) return project;
  const [id, ...others] = ask.query.texts('projectIds') ?? [];
  if (id === undefined || others.length > 0) throw badRequest('"projectIds" must name one project.');
  return findProject(ask.app, ask.principal, id);
}

/** The project of something, as 7.x clients read it. */
export function projectReferences(
  { guid, name }: ProjectRow,
  of: { readonly name: string; readonly description: string },
): readonly WireProjectReference[] {
  return [{ projectReference: { id: guid, name }, name: of.name, description: of.description }];
}
