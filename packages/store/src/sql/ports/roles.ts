import { fold } from '@signalbox/model';
import type { Insertable, Selectable } from 'kysely';
import type { RolePlace, RoleRow, Roles } from '../../port/identities.ts';
import { rows } from '../builder.ts';
import type { Runner } from '../runner.ts';
import type { Tables } from '../tables.ts';
import type { Work } from '../work.ts';

/** Roles over a database. */
export function roles(runner: Runner): Roles {
  return {
    at: (place) => runner.read(() => at(runner, place)),
    give: (row) => runner.write(() => give(runner, row)),
    take: (row) => runner.write(() => take(runner, row)),
    replace: (place, wanted) => runner.write(() => replace(runner, place, wanted)),
    of: (user, groups) => runner.read(() => rolesOf(runner, user, groups)),
    list: () => runner.read(() => list(runner)),
  };
}

type Place = Pick<Selectable<Tables['role_assignment']>, 'project' | 'type' | 'resource'>;

function columnsOf({ project, resource }: RolePlace): Place {
  return { project: project ?? 0, type: resource?.type ?? '', resource: resource?.id ?? '' };
}

function valuesOf({ place, kind, name, role }: RoleRow): Insertable<Tables['role_assignment']> {
  return { ...columnsOf(place), kind, folded: fold(name), name, role };
}

function* at(runner: Runner, place: RolePlace): Work<readonly RoleRow[]> {
  const query = runner.db.selectFrom('role_assignment').selectAll().orderBy('id');
  return (yield* rows(query.where((e) => e.and(columnsOf(place))))).map(roleRow);
}

function* give(runner: Runner, row: RoleRow): Work<void> {
  yield* rows(
    runner.db
      .insertInto('role_assignment')
      .values(valuesOf(row))
      .onConflict((conflict) => conflict.doNothing()),
  );
}

function* take(runner: Runner, { place, kind, name, role }: RoleRow): Work<boolean> {
  const which = { ...columnsOf(place), kind, folded: fold(name), role };
  const gone = runner.db.deleteFrom('role_assignment').where((e) => e.and(which));
  return (yield* rows(gone.returning('id'))).length > 0;
}

function* replace(runner: Runner, place: RolePlace, wanted: readonly Omit<RoleRow, 'place'>[]): Work<void> {
  yield* rows(runner.db.deleteFrom('role_assignment').where((e) => e.and(columnsOf(place))));
  for (const one of wanted) yield* give(runner, { ...one, place });
}

function* rolesOf(runner: Runner, user: string, groups: readonly string[]): Work<readonly RoleRow[]> {
  const query = runner.db.selectFrom('role_assignment').selectAll().orderBy('id');
  const mine = query.where((e) => {
    const own = e.and({ kind: 'user', folded: fold(user) });
    if (groups.length === 0) return own;
    return e.or([own, e.and([e('kind', '=', 'group'), e('folded', 'in', groups.map(fold))])]);
  });
  return (yield* rows(mine)).map(roleRow);
}

function* list(runner: Runner): Work<readonly RoleRow[]> {
  return (yield* rows(runner.db.selectFrom('role_assignment').selectAll().orderBy('id'))).map(roleRow);
}

function roleRow(from: Selectable<Tables['role_assignment']>): RoleRow {
  const { project, type, resource, kind, name, role } = from;
  return {
    place: {
      ...(project !== 0 && { project }),
      ...(type !== '' && { resource: { type, id: resource } }),
    },
    kind,
    name,
    role,
  };
}
