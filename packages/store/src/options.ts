import type { StoreOptions } from './port/store.ts';

/** For `signalbox run` and tests: nothing lasts. */
export interface MemoryOptions extends StoreOptions {
  readonly kind: 'memory';
}

/** One file in a folder that this process owns while it lives. */
export interface SqliteOptions extends StoreOptions {
  readonly kind: 'sqlite';
  /** The data folder; made with mode 0700 if it is missing. */
  readonly folder: string;
}

/** Any number of equal replicas over one database. */
export interface PostgresOptions extends StoreOptions {
  readonly kind: 'postgres';
  readonly url: string;
  /** Default `signalbox`; made if it is missing. */
  readonly schema?: string;
  /** Connections for work and queries; default 10. One more listens. */
  readonly connections?: number;
}
