import { StoreError } from '../errors.ts';
import { MIGRATION_TABLE, refuseNewer } from '../sql/migrations/applied.ts';
import { POSTGRES } from '../sql/migrations/dialect.ts';
import { MIGRATIONS, SCHEMA_VERSION } from '../sql/migrations/index.ts';
import { all, run, statement } from '../sql/work.ts';
import { transaction } from './database.ts';
import type { Session } from './session.ts';

/** Oldest version that is tested. */
const OLDEST = 150_000;

/** Any number that no other program takes for an advisory lock here. */
const MIGRATION_LOCK = 7_216_425_301;

const serverVersion = statement<[version: string]>('', "SELECT current_setting('server_version_num')");
const takeLock = statement('', 'SELECT pg_advisory_xact_lock($1)');
const applied = statement<[version: number | null, breaking: number | null]>(
  '',
  'SELECT max(version), max(version) FILTER (WHERE breaking = 1) FROM migration',
);
const note = statement('', 'INSERT INTO migration (version, breaking, applied_at) VALUES ($1, $2, $3)');

/**
 * Brings the schema to this version in one transaction; answers the version. Replicas that start together queue at
 * an advisory lock that ends with the transaction, so each step is applied once, and a replica that is killed in
 * the middle leaves nothing half done.
 */
export function migrate(session: Session, schema: string, now: number): Promise<number> {
  return transaction(session, async () => {
    const [version] = await session.perform(all(serverVersion));
    refuseOld(Number(version?.[0] ?? 0));
    await session.perform(run(takeLock, MIGRATION_LOCK));
    await session.exec(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await session.exec(MIGRATION_TABLE);
    const [known] = await session.perform(all(applied));
    // A newer schema is fine while all that came with it is additive: old and new replicas work together (F18).
    refuseNewer(known?.[1] ?? 0, `The database schema ${schema}`);
    const current = known?.[0] ?? 0;
    for (const migration of MIGRATIONS.filter((one) => one.version > current)) {
      await session.send(
        migration.statements(POSTGRES).map((text) => ({ text, params: [], rows: 'tuples' })),
      );
      await session.perform(run(note, migration.version, migration.breaking ? 1 : 0, now));
    }
    return Math.max(current, SCHEMA_VERSION);
  });
}

function refuseOld(version: number): void {
  if (version >= OLDEST) return;
  throw new StoreError(
    'postgres-too-old',
    `PostgreSQL ${Math.floor(version / 10_000)} is too old. Use PostgreSQL ${OLDEST / 10_000} or newer.`,
  );
}
