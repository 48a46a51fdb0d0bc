import { createRequire } from 'node:module';
import { join } from 'node:path';

// The store's own drivers: a bench writes what a server would have taken hours to make.
const fromStore = createRequire(new URL('../../packages/store/package.json', import.meta.url));

interface SqliteDatabase {
  exec(text: string): void;
  close(): void;
}

interface PostgresClient {
  connect(): Promise<void>;
  query(text: string): Promise<unknown>;
  end(): Promise<void>;
}

/** Where the runs of a server lie that does not run now. */
export type RunStore = { readonly folder: string } | { readonly url: string };

/**
 * Stores finished runs from number `first` on until there are `count`: copies of run 1, which must be finished, spread
 * over definitions 1 to 10, five branches, seven people and three results, a minute apart and all before run 1.
 */
export async function storeRuns(
  store: RunStore,
  { first, count }: { readonly first: number; readonly count: number },
): Promise<void> {
  if ('folder' in store) {
    const Database = fromStore('libsql') as new (path: string) => SqliteDatabase;
    const database = new Database(join(store.folder, 'signalbox.db'));
    for (const statement of statements({ first, count, series: SQLITE_SERIES })) database.exec(statement);
    database.exec('ANALYZE');
    database.close();
    return;
  }
  const { Client } = fromStore('pg') as { Client: new (options: object) => PostgresClient };
  const client = new Client({ connectionString: store.url });
  await client.connect();
  await client.query('SET search_path = signalbox');
  for (const statement of statements({ first, count, series: POSTGRES_SERIES }))
    await client.query(statement);
  await client.query('ANALYZE');
  await client.end();
}

const SQLITE_SERIES = (from: number, to: number): string =>
  `WITH RECURSIVE series(n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM series WHERE n < ${to})`;
const POSTGRES_SERIES = (from: number, to: number): string =>
  `WITH series(n) AS (SELECT generate_series(${from}, ${to})::bigint)`;

function statements({
  first,
  count,
  series,
}: {
  readonly first: number;
  readonly count: number;
  readonly series: (from: number, to: number) => string;
}): readonly string[] {
  const numbers = series(first, count);
  const doc = `replace(doc, '"id":1,', '"id":' || n || ',')`;
  return [
    `INSERT INTO run (id, project, definition, number, status, result, reason, branch, requested_for, queue_time,
       start_order, finish_order, doc) ${numbers}
     SELECT n, project, 1 + n % 10, 'bench.' || n, 'completed',
       CASE n % 3 WHEN 0 THEN 'succeeded' WHEN 1 THEN 'failed' ELSE 'canceled' END, reason,
       CASE n % 5 WHEN 0 THEN 'refs/heads/main' ELSE 'refs/heads/topic-' || (n % 5) END, 'person ' || (n % 7),
       queue_time - n * 60000, queue_time - n * 60000 + 1000, queue_time - n * 60000 + 30000, ${doc}
     FROM series, run WHERE run.id = 1`,
    `INSERT INTO run_plan (run, plan) ${numbers} SELECT n, plan FROM series, run_plan WHERE run_plan.run = 1`,
    `INSERT INTO run_tag (run, folded, name, project, queue_time) ${numbers}
     SELECT n, 'tag-' || (n % 20), 'tag-' || (n % 20), project, queue_time - n * 60000
     FROM series, run WHERE run.id = 1`,
    `UPDATE counter SET value = ${count} WHERE name = 'run'`,
  ];
}
