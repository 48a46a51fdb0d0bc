import { fold } from '@signalbox/model';
import type { RoleRow, Store } from '@signalbox/store';

/** What is about to go: a user, or a role that somebody has in the organisation. */
type Loss = { readonly user: string } | { readonly role: Pick<RoleRow, 'kind' | 'name'> };

/** Whether nobody active would administer the organisation any more. */
export async function lastAdministratorWithout(store: Store, loss: Loss): Promise<boolean> {
  const given = (await store.roles.at({})).filter(({ role }) => role === 'administrator');
  const left = given.filter(
    ({ kind, name }) => !('role' in loss && loss.role.kind === kind && fold(loss.role.name) === fold(name)),
  );
  const names = new Set(left.map(({ kind, name }) => `${kind}:${fold(name)}`));
  for (const { name, active } of await store.users.list()) {
    if (!active || ('user' in loss && fold(loss.user) === fold(name))) continue;
    if (names.has(`user:${fold(name)}`)) return false;
    const groups = await store.groups.of(name);
    if (groups.some((group) => names.has(`group:${fold(group)}`))) return false;
  }
  return true;
}
