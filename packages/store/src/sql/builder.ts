import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Compilable,
} from 'kysely';
import type { Dialect } from './migrations/dialect.ts';
import type { Tables } from './tables.ts';
import type { Param, Work } from './work.ts';

/** Builds queries and never runs them: they travel as `Work`, like the statements written by hand. */
export type Builder = Kysely<Tables>;

/** The builder for one of the databases. */
export function builderFor(engine: Dialect['engine']): Builder {
  return new Kysely<Tables>({
    dialect: {
      createDriver: () => new DummyDriver(),
      createAdapter: () => (engine === 'sqlite' ? new SqliteAdapter() : new PostgresAdapter()),
      createIntrospector: (db) =>
        engine === 'sqlite' ? new SqliteIntrospector(db) : new PostgresIntrospector(db),
      createQueryCompiler: () =>
        engine === 'sqlite' ? new SqliteQueryCompiler() : new PostgresQueryCompiler(),
    },
  });
}

/** The rows of a built query. */
export function* rows<O>(query: Compilable<O>): Work<readonly O[]> {
  const { sql, parameters } = query.compile();
  const [found] = yield [{ text: sql, params: parameters as readonly Param[], rows: 'records' }];
  return (found ?? []) as readonly O[];
}

/** The first row of a built query. */
export function* row<O>(query: Compilable<O>): Work<O | undefined> {
  const found = yield* rows(query);
  return found[0];
}
