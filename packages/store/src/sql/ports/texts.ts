import { StoreError } from '../../errors.ts';
import type { RewriteOptions, RewrittenTexts, Texts } from '../../port/texts.ts';
import type { Dialect } from '../migrations/dialect.ts';
import type { Runner } from '../runner.ts';
import { textTables, type TextTable } from '../text-tables.ts';
import { all, call, statement, together, type Call, type Param, type Work } from '../work.ts';

/** Every text of a database. */
export function texts(runner: Runner, engine: Dialect['engine']): Texts {
  return { rewrite: (after, options) => runner.rewrite(() => rewrite(engine, after, options)) };
}

/** Behind which row of which table a step begins; without a key at the table's first row. */
interface Place {
  readonly table: string;
  readonly key?: readonly Param[];
}

function* rewrite(
  engine: Dialect['engine'],
  after: string | undefined,
  { limit, change }: RewriteOptions,
): Work<RewrittenTexts> {
  const place = after === undefined ? { table: '' } : placeOf(after);
  const tables = yield* textTables(engine);
  const table = tables.find(({ name }) => name >= place.table);
  if (table === undefined) return { next: undefined, table: place.table, seen: 0, changed: 0 };
  const from = table.name === place.table ? place.key : undefined;
  const rows = yield* rowsOf(table, from, limit);
  const updates = rows.flatMap((row) => updateOf(table, row, change) ?? []);
  yield* together(updates);
  return {
    next: nextPlace(tables, table, { rows, limit }),
    table: table.name,
    seen: rows.length,
    changed: updates.length,
  };
}

function* rowsOf(
  { name, key, texts: columns }: TextTable,
  from: readonly Param[] | undefined,
  limit: number,
): Work<readonly (readonly Param[])[]> {
  const keys = key.map(quoted).join(', ');
  const places = key.map((_, index) => `$${index + 2}`).join(', ');
  const behind = from === undefined ? '' : `WHERE (${keys}) > (${places})`;
  const text = `SELECT ${keys}, ${columns.map(quoted).join(', ')} FROM ${quoted(name)} ${behind} ORDER BY ${keys} LIMIT $1`;
  return yield* all(statement<readonly Param[]>('', text), limit, ...(from ?? []));
}

/** Only where the text is still the one that was read: nobody's write is undone. */
function updateOf(
  table: TextTable,
  row: readonly Param[],
  change: RewriteOptions['change'],
): Call | undefined {
  const key = row.slice(0, table.key.length);
  const before = row.slice(table.key.length);
  const after = before.map((value) => (typeof value === 'string' ? change(value) : value));
  const changed = table.texts.flatMap((column, index) =>
    before[index] === after[index]
      ? []
      : [{ column, before: before[index] ?? null, after: after[index] ?? null }],
  );
  if (changed.length === 0) return undefined;
  const params = [...key, ...changed.flatMap((one) => [one.after, one.before])];
  const first = key.length + 1;
  const sets = changed.map(({ column }, index) => `${quoted(column)} = $${first + 2 * index}`).join(', ');
  const same = changed.map(({ column }, index) => `${quoted(column)} = $${first + 2 * index + 1}`);
  const found = [...table.key.map((column, index) => `${quoted(column)} = $${index + 1}`), ...same];
  return call(
    statement('', `UPDATE ${quoted(table.name)} SET ${sets} WHERE ${found.join(' AND ')}`),
    ...params,
  );
}

function nextPlace(
  tables: readonly TextTable[],
  table: TextTable,
  { rows, limit }: { readonly rows: readonly (readonly Param[])[]; readonly limit: number },
): string | undefined {
  const last = rows.at(-1);
  if (last !== undefined && rows.length === limit)
    return JSON.stringify({ table: table.name, key: last.slice(0, table.key.length) });
  const following = tables[tables.indexOf(table) + 1];
  return following && JSON.stringify({ table: following.name });
}

function placeOf(text: string): Place {
  try {
    return JSON.parse(text) as Place;
  } catch (cause) {
    throw new StoreError('bad-cursor', 'The place to go on from was never given out.', { cause });
  }
}

function quoted(name: string): string {
  return `"${name}"`;
}
