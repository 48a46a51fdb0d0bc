/** What a statement can be given. Booleans are 0 and 1, documents are JSON text. */
export type Param = string | number | null;

/** A statement written by hand: `$1` parameters, rows as tuples in column order. */
export interface Statement<R extends readonly unknown[]> {
  /** The name of the prepared statement. */
  readonly name: string;
  readonly text: string;
  /** Never set; carries the type of a row. */
  readonly row?: R;
}

/** One statement with its parameters, on its way to a database. */
export interface Call {
  /** Absent: prepared for this once. */
  readonly name?: string;
  readonly text: string;
  readonly params: readonly Param[];
  readonly rows: 'tuples' | 'records';
  /** Only the first row is wanted: the driver may stop there. */
  readonly single?: boolean;
}

/** The rows of each of the calls yielded together. */
export type Results = readonly (readonly unknown[])[];

/**
 * A piece of database work that knows no driver: it yields calls and is resumed with their rows.
 * SQLite runs it to its end in one go, PostgreSQL awaits each yield and sends its calls in one round trip.
 * So one text of the store serves both, and a unit of work cannot wait for anything but the database.
 */
export type Work<T> = Generator<readonly Call[], T, Results>;

/** Declares a statement; its row type is the caller's word. */
export function statement<R extends readonly unknown[] = readonly []>(
  name: string,
  text: string,
): Statement<R> {
  return { name, text };
}

/** A call to be sent together with others. */
export function call(target: Statement<readonly unknown[]>, ...params: readonly Param[]): Call {
  return { name: target.name, text: target.text, params, rows: 'tuples' };
}

/** Sends calls in one round trip, in this order. */
export function* together(calls: readonly Call[]): Work<Results> {
  return calls.length === 0 ? [] : yield calls;
}

/** The rows of one statement. */
export function* all<R extends readonly unknown[]>(
  target: Statement<R>,
  ...params: readonly Param[]
): Work<readonly R[]> {
  const [rows] = yield [call(target, ...params)];
  return (rows ?? []) as readonly R[];
}

/** The first row of one statement. */
export function* first<R extends readonly unknown[]>(
  target: Statement<R>,
  ...params: readonly Param[]
): Work<R | undefined> {
  const [rows] = yield [{ ...call(target, ...params), single: true }];
  return (rows as readonly R[] | undefined)?.[0];
}

/** Runs one statement for what it does. */
export function* run(target: Statement<readonly unknown[]>, ...params: readonly Param[]): Work<void> {
  yield [call(target, ...params)];
}
