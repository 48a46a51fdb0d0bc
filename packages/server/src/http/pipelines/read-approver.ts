import type { Approver } from '@signalbox/model';
import { fold } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import { badRequest } from '../problem.ts';
import { fieldsOf, type Fields } from '../read/fields.ts';
import { wireApprover } from '../shape/approval.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Everybody whom an id can mean. */
export async function knownApprovers(store: Store): Promise<readonly Approver[]> {
  const people = await store.users.list();
  const groups = await store.groups.list();
  return [
    ...people.map(({ name }) => ({ kind: 'user', name }) as const),
    ...groups.map(({ name }) => ({ kind: 'group', name }) as const),
  ];
}

/**
 * A user or group as clients name it: by the id that this server gave out, or by name. A group says that it is one by
 * `isContainer`, or by its id. A name need not be known yet, an id must be.
 */
export function readApprover(value: unknown, known: readonly Approver[], what = '"approvers"'): Approver {
  const fields = fieldsOf(value, `Each of ${what}`);
  const id = fields.text('id');
  const name = nameIn(fields) ?? (id !== undefined && !GUID.test(id) ? id : undefined);
  if (id !== undefined && GUID.test(id)) {
    const found = known.find((one) => wireApprover(one).id === fold(id));
    if (found !== undefined) return found;
    if (name === undefined)
      throw badRequest(`${what} names ${id}, which is no user or group here; give a name.`);
  }
  if (name === undefined) throw badRequest(`Each of ${what} has an "id" or a "displayName".`);
  return { kind: fields.flag('isContainer') === true ? 'group' : 'user', name };
}

function nameIn(fields: Fields): string | undefined {
  return fields.text('displayName') ?? fields.text('uniqueName') ?? fields.text('name');
}
