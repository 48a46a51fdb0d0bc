import type { SqliteOptions } from './options.ts';
import type { Store } from './port/store.ts';
import { openSqlite } from './sqlite/store.ts';

/** Opens a store and brings its schema to this version, or refuses with a `StoreError` that says what to do. */
export async function openStore(options: SqliteOptions): Promise<Store> {
  return openSqlite(options);
}
