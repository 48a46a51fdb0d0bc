import type { RoleAssignment } from '@signalbox/api';
import type { Instant } from '@signalbox/model';
import type { Member, Store } from '@signalbox/store';
import { ownerOf } from './users.ts';

/** What groups and roles were kept as before there were rows for them. */
const GROUPS = 'group:';
const ROLES = 'role:';

/**
 * Brings what an older version kept into users, groups and roles. Done at each start, and by several replicas at once:
 * doing it again changes nothing.
 */
export async function adoptIdentities(store: Store, now: Instant): Promise<void> {
  for (const row of await store.tokens.list()) if (row.user === undefined) await ownerOf(store, row, now);
  for (const { key, value } of await store.settings.list(GROUPS)) {
    const { name, members } = JSON.parse(value) as { name: string; members: readonly string[] };
    const users = members.map((member): Member => ({ kind: 'user', name: member }));
    await store.groups.save({ name, description: '', members: users });
    await store.settings.remove(key);
  }
  for (const { key, value } of await store.settings.list(ROLES)) {
    const [, project, environment = ''] = key.split(':');
    const place = { project: Number(project), resource: { type: 'environment', id: environment } };
    await store.roles.replace(place, JSON.parse(value) as readonly RoleAssignment[]);
    await store.settings.remove(key);
  }
}
