import { createEngine } from '@signalbox/server';
import { openStore, type Store } from '@signalbox/store';

/** Opens the database: PostgreSQL when a URL is given, else the file in the data folder. */
export function openDataStore(dataFolder: string, databaseUrl: string | undefined): Promise<Store> {
  const engine = createEngine();
  return databaseUrl === undefined
    ? openStore({ kind: 'sqlite', folder: dataFolder, engine })
    : openStore({ kind: 'postgres', url: databaseUrl, engine });
}
