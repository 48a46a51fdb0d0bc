import { createEngine, leasePolicy } from '@signalbox/server';
import { openStore, type Store } from '@signalbox/store';
import type { UpOptions } from './up-options.ts';

/** Opens the database: PostgreSQL when a URL is given, else the file in the data folder. */
export function openDataStore(
  dataFolder: string,
  { databaseUrl, agentLease, parallelJobs }: Pick<UpOptions, 'databaseUrl' | 'agentLease' | 'parallelJobs'>,
): Promise<Store> {
  const engine = createEngine(leasePolicy(agentLease, parallelJobs));
  return databaseUrl === undefined
    ? openStore({ kind: 'sqlite', folder: dataFolder, engine })
    : openStore({ kind: 'postgres', url: databaseUrl, engine });
}
