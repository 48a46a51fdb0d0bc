import { call, statement, type Call, type Param, type Statement } from './work.ts';

/** Rows per statement: each size is prepared once, and any number is a few of them. */
const SIZES = [32, 8, 1];

/**
 * Makes an INSERT of many rows out of few statements. On SQLite a call costs 5 µs and a further row in it 2 µs
 * (2-core machine, 2026-11), and a turn writes dozens of journal entries and timers.
 */
export function insertMany(
  name: string,
  table: string,
  columns: readonly string[],
): (rows: readonly (readonly Param[])[]) => Call[] {
  const statements = new Map(SIZES.map((size) => [size, insertion({ name, table, columns, size })]));
  return (rows) => {
    const calls: Call[] = [];
    let from = 0;
    for (const [size, insert] of statements) {
      for (; rows.length - from >= size; from += size) {
        calls.push(call(insert, ...rows.slice(from, from + size).flat()));
      }
    }
    return calls;
  };
}

function insertion(of: {
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly size: number;
}): Statement<readonly []> {
  const { name, table, columns, size } = of;
  const values = Array.from({ length: size }, (_, row) => {
    const places = columns.map((_column, column) => `$${row * columns.length + column + 1}`);
    return `(${places.join(', ')})`;
  });
  return statement(
    `${name}_${size}`,
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${values.join(', ')}`,
  );
}
