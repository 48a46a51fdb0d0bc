import { openMemory } from './memory/store.ts';
import type { MemoryOptions, PostgresOptions, SqliteOptions } from './options.ts';
import type { Store } from './port/store.ts';
import { openPostgres } from './postgres/store.ts';
import { openSqlite } from './sqlite/store.ts';

/** Opens a store and brings its schema to this version, or refuses with a `StoreError` that says what to do. */
export async function openStore(options: MemoryOptions | SqliteOptions | PostgresOptions): Promise<Store> {
  switch (options.kind) {
    case 'memory':
      return openMemory(options);
    case 'sqlite':
      return openSqlite(options);
    case 'postgres':
      return openPostgres(options);
  }
}
