import type { ProjectId } from '@signalbox/model';
import type { ConnectionRow, Store } from '@signalbox/store';
import type { Sealer } from '../auth/sealer.ts';

/** A service connection as a call to the outside needs it. `secret` is in clear: never log it, never return it. */
export type OpenConnection = Pick<ConnectionRow, 'guid' | 'name' | 'url' | 'scheme' | 'username' | 'secret'>;

/** The connection of a project by GUID or by name, with its secret opened; undefined: there is none. */
export async function openConnection(
  { store, sealer }: { readonly store: Store; readonly sealer: Sealer },
  project: ProjectId,
  guidOrName: string,
): Promise<OpenConnection | undefined> {
  const row =
    (await store.connections.get(project, guidOrName)) ?? (await store.connections.find(project, guidOrName));
  if (row === undefined) return undefined;
  const { guid, name, url, scheme, username } = row;
  return { guid, name, url, scheme, username, secret: sealer.open(row.secret) };
}
