import type { Settings } from '../../port/catalogue.ts';
import { row, rows } from '../builder.ts';
import { afterPrefix } from './prefix.ts';
import { found, type Runner } from '../runner.ts';
import type { Work } from '../work.ts';

/** Settings over a database. */
export function settings(runner: Runner): Settings {
  return {
    get: (key) => runner.read(() => get(runner, key)),
    set: (key, value) => runner.write(() => set(runner, key, value)),
    setOnce: (key, value) => runner.write(() => setOnce(runner, key, value)),
    list: (prefix) => runner.read(() => list(runner, prefix)),
    remove: (key) => runner.write(() => remove(runner, key)),
  };
}

function* get(runner: Runner, key: string): Work<string | undefined> {
  const known = yield* row(runner.db.selectFrom('setting').select('value').where('key', '=', key));
  return known?.value;
}

function* list(
  runner: Runner,
  prefix: string,
): Work<readonly { readonly key: string; readonly value: string }[]> {
  const query = runner.db.selectFrom('setting').select(['key', 'value']).orderBy('key');
  return yield* rows(query.where('key', '>=', prefix).where('key', '<', afterPrefix(prefix)));
}

function* remove(runner: Runner, key: string): Work<boolean> {
  const gone = yield* rows(runner.db.deleteFrom('setting').where('key', '=', key).returning('key'));
  return gone.length > 0;
}

function* set(runner: Runner, key: string, value: string): Work<void> {
  yield* rows(
    runner.db
      .insertInto('setting')
      .values({ key, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value })),
  );
}

function* setOnce(runner: Runner, key: string, value: string): Work<string> {
  yield* rows(
    runner.db
      .insertInto('setting')
      .values({ key, value })
      .onConflict((conflict) => conflict.column('key').doNothing()),
  );
  return found(yield* get(runner, key), `setting ${key}`);
}
