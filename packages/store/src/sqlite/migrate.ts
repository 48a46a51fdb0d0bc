import { MIGRATION_TABLE, refuseNewer } from '../sql/migrations/applied.ts';
import { SQLITE } from '../sql/migrations/dialect.ts';
import { MIGRATIONS } from '../sql/migrations/index.ts';
import { all, run, statement } from '../sql/work.ts';
import type { Connection } from './connection.ts';

const applied = statement<[version: number | null]>('', 'SELECT max(version) FROM migration');
const note = statement('', 'INSERT INTO migration (version, breaking, applied_at) VALUES ($1, $2, $3)');

/** Brings the schema to this version, each step in a transaction of its own; answers the version. */
export function migrate(connection: Connection, what: string, now: number): number {
  connection.exec(MIGRATION_TABLE);
  let version = connection.perform(all(applied))[0]?.[0] ?? 0;
  refuseNewer(version, what);
  for (const migration of MIGRATIONS.filter((one) => one.version > version)) {
    connection.exec('BEGIN IMMEDIATE');
    try {
      for (const text of migration.statements(SQLITE)) connection.exec(text);
      connection.perform(run(note, migration.version, migration.breaking ? 1 : 0, now));
      connection.exec('COMMIT');
    } catch (error) {
      connection.exec('ROLLBACK');
      throw error;
    }
    version = migration.version;
  }
  return version;
}
