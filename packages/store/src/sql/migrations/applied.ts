import { StoreError } from '../../errors.ts';
import { SCHEMA_VERSION } from './index.ts';

/** Notes which migrations were applied. `breaking` lets an older replica see whether it may go on. */
export const MIGRATION_TABLE =
  'CREATE TABLE IF NOT EXISTS migration (version BIGINT PRIMARY KEY, breaking BIGINT NOT NULL, applied_at BIGINT NOT NULL)';

/** Refuses a schema that this code does not know how to work on. */
export function refuseNewer(version: number, what: string): void {
  if (version <= SCHEMA_VERSION) return;
  throw new StoreError(
    'newer-version',
    `${what} was written by a newer version of Signalbox (schema ${version}, this one knows ${SCHEMA_VERSION}). ` +
      'Start the newer version, or restore a backup made before the upgrade.',
  );
}
