import type { Person } from '@signalbox/engine';
import { fold } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import { callerName, type Principal } from './principal.ts';

/** A group of people, for approvals: a name and a list of names. Part 6 puts an identity provider behind it. */
export interface Group {
  readonly name: string;
  readonly members: readonly string[];
}

const PREFIX = 'group:';

/** All groups, by name. */
export async function listGroups(store: Store): Promise<readonly Group[]> {
  const rows = await store.settings.list(PREFIX);
  return rows.map(({ value }) => JSON.parse(value) as Group);
}

/** Makes a group, or replaces it; names are compared whatever the letter case. */
export async function saveGroup(store: Store, group: Group): Promise<void> {
  await store.settings.set(`${PREFIX}${fold(group.name)}`, JSON.stringify(group));
}

/** False when there was none. */
export async function removeGroup(store: Store, name: string): Promise<boolean> {
  return store.settings.remove(`${PREFIX}${fold(name)}`);
}

/** Who acts, with the groups that he is a member of at this moment (APPR-3, GAP-24). */
export async function personOf(store: Store, principal: Principal): Promise<Person> {
  const name = callerName({ principal });
  const all = await listGroups(store);
  const groups = all.filter(({ members }) => members.some((member) => fold(member) === fold(name)));
  return {
    name,
    groups: groups.map((group) => group.name),
    administrator: principal.role === 'administrator',
  };
}
