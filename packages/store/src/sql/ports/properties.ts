import { fold } from '@signalbox/model';
import type { Properties, PropertyBag, PropertyOwner, PropertyValue } from '../../port/properties.ts';
import { rows } from '../builder.ts';
import type { Runner } from '../runner.ts';
import type { Work } from '../work.ts';

/** Properties of runs and pipelines over a database. */
export function properties(runner: Runner): Properties {
  return {
    of: (owner) => runner.read(() => of(runner, owner)),
    change: (owner, wanted) => runner.write(() => change(runner, owner, wanted)),
  };
}

function* of(runner: Runner, { kind, id }: PropertyOwner): Work<PropertyBag> {
  const query = runner.db.selectFrom('property').selectAll().where('kind', '=', kind).where('id', '=', id);
  const known = yield* rows(query.orderBy('folded'));
  return Object.fromEntries(known.map(({ name, value }) => [name, JSON.parse(value) as PropertyValue]));
}

function* change(
  runner: Runner,
  owner: PropertyOwner,
  { set, remove }: Parameters<Properties['change']>[1],
): Work<PropertyBag> {
  const { kind, id } = owner;
  for (const name of remove) {
    const gone = runner.db.deleteFrom('property').where('kind', '=', kind).where('id', '=', id);
    yield* rows(gone.where('folded', '=', fold(name)));
  }
  for (const [name, inner] of Object.entries(set)) {
    const value = JSON.stringify(inner);
    yield* rows(
      runner.db
        .insertInto('property')
        .values({ kind, id, folded: fold(name), name, value })
        .onConflict((conflict) => conflict.columns(['kind', 'id', 'folded']).doUpdateSet({ value })),
    );
  }
  return yield* of(runner, owner);
}
