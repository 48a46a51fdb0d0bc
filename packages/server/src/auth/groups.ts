import type { Person } from '@signalbox/engine';
import type { ProjectId } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import { callerName, type Principal } from './principal.ts';
import { rolesIn } from './rights.ts';

/** Who acts, with the groups that he is in at this moment (APPR-3, GAP-24), and whether he administers the project. */
export function personOf(principal: Principal, project?: ProjectId): Person {
  const name = callerName({ principal });
  if (!('rights' in principal)) return { name, groups: [], administrator: false };
  const administrator = rolesIn(principal.rights, project).includes('administrator');
  return { name, groups: principal.groups, administrator };
}

/** A user whom somebody asks about, with his groups. */
export async function personNamed(store: Store, name: string): Promise<Person> {
  return { name, groups: await store.groups.of(name), administrator: false };
}
