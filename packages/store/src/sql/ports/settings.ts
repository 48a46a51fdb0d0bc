import type { Settings } from '../../port/catalogue.ts';
import { row, rows } from '../builder.ts';
import { found, type Runner } from '../runner.ts';
import type { Work } from '../work.ts';

/** Settings over a database. */
export function settings(runner: Runner): Settings {
  return {
    get: (key) => runner.read(() => get(runner, key)),
    set: (key, value) => runner.write(() => set(runner, key, value)),
    setOnce: (key, value) => runner.write(() => setOnce(runner, key, value)),
  };
}

function* get(runner: Runner, key: string): Work<string | undefined> {
  const known = yield* row(runner.db.selectFrom('setting').select('value').where('key', '=', key));
  return known?.value;
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
