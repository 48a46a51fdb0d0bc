import type { Dialect } from './migrations/dialect.ts';
import { all, statement, type Statement, type Work } from './work.ts';

/** A table with texts: its primary key, and the columns that hold them. */
export interface TextTable {
  readonly name: string;
  readonly key: readonly string[];
  readonly texts: readonly string[];
}

type ColumnRow = readonly [table: string, column: string, isText: number, keyPlace: number];

const OF_SQLITE: Statement<ColumnRow> = statement(
  '',
  `SELECT t.name, c.name, CASE c.type WHEN 'TEXT' THEN 1 ELSE 0 END, c.pk
   FROM sqlite_schema t JOIN pragma_table_info(t.name) c
   WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.name, c.cid`,
);

const OF_POSTGRES: Statement<ColumnRow> = statement(
  'text_tables',
  `SELECT t.relname::text, c.attname::text, CASE c.atttypid WHEN 'text'::regtype THEN 1 ELSE 0 END,
     coalesce(array_position(k.conkey, c.attnum), 0)
   FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
   LEFT JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'p'
   WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace ORDER BY t.relname, c.attnum`,
);

// What steps print, in which secrets are masked: most of the bytes of a server, and nothing that is sealed.
const LEFT_OUT: readonly string[] = ['log_chunk'];

/** The tables with texts, by name; those that later migrations make are among them by themselves. */
export function* textTables(engine: Dialect['engine']): Work<readonly TextTable[]> {
  const columns = yield* all(engine === 'sqlite' ? OF_SQLITE : OF_POSTGRES);
  const names = [...new Set(columns.map(([table]) => table))].filter((name) => !LEFT_OUT.includes(name));
  return names.map((name) => tableOf(name, columns)).filter(hasTexts);
}

function tableOf(name: string, columns: readonly ColumnRow[]): TextTable {
  const own = columns.filter(([table]) => table === name);
  const key = own.filter(([, , , place]) => place > 0).sort((a, b) => a[3] - b[3]);
  return {
    name,
    key: key.map(([, column]) => column),
    // A key is what others know the row by: it is never rewritten, and nothing sealed stands in one.
    texts: own.filter(([, , isText, place]) => isText === 1 && place === 0).map(([, column]) => column),
  };
}

function hasTexts({ name, key, texts }: TextTable): boolean {
  if (texts.length > 0 && key.length === 0) throw new Error(`The table ${name} has no primary key.`);
  return texts.length > 0;
}
