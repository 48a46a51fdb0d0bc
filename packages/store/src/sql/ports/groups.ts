import { fold } from '@signalbox/model';
import type { GroupRow, Groups, Member } from '../../port/identities.ts';
import { row, rows } from '../builder.ts';
import { found, type Runner } from '../runner.ts';
import type { Work } from '../work.ts';

/** Groups over a database. */
export function groups(runner: Runner): Groups {
  return {
    save: (group) => runner.write(() => save(runner, group)),
    find: (name) => runner.read(() => find(runner, name)),
    list: () => runner.read(() => list(runner)),
    join: (name, member) => runner.write(() => join(runner, name, member)),
    leave: (name, member) => runner.write(() => leave(runner, name, member)),
    remove: (name) => runner.write(() => remove(runner, name)),
    of: (user) => runner.read(() => groupsOf(runner, user)),
  };
}

function* save(
  runner: Runner,
  { name, description, members }: Parameters<Groups['save']>[0],
): Work<GroupRow> {
  const folded = fold(name);
  yield* rows(
    runner.db
      .insertInto('account_group')
      .values({ folded, name, description, created_at: runner.clock() })
      .onConflict((conflict) => conflict.column('folded').doUpdateSet({ description })),
  );
  yield* rows(runner.db.deleteFrom('account_group_member').where('group_folded', '=', folded));
  const unique = new Map(members.map((one) => [`${one.kind}:${fold(one.name)}`, one]));
  for (const { kind, name: member } of unique.values()) {
    const values = { group_folded: folded, kind, folded: fold(member), name: member };
    yield* rows(runner.db.insertInto('account_group_member').values(values));
  }
  return found(yield* find(runner, name), `group ${name}`);
}

function* find(runner: Runner, name: string): Work<GroupRow | undefined> {
  const folded = fold(name);
  const known = yield* row(runner.db.selectFrom('account_group').selectAll().where('folded', '=', folded));
  if (known === undefined) return undefined;
  const members = yield* rows(
    runner.db
      .selectFrom('account_group_member')
      .select(['kind', 'name'])
      .where('group_folded', '=', folded)
      .orderBy('kind')
      .orderBy('folded'),
  );
  return { name: known.name, description: known.description, members, createdAt: known.created_at };
}

function* list(runner: Runner): Work<readonly GroupRow[]> {
  const known = yield* rows(runner.db.selectFrom('account_group').selectAll().orderBy('folded'));
  const members = yield* rows(
    runner.db.selectFrom('account_group_member').selectAll().orderBy('kind').orderBy('folded'),
  );
  return known.map(({ folded, name, description, created_at: createdAt }) => ({
    name,
    description,
    members: members
      .filter((one) => one.group_folded === folded)
      .map((one): Member => ({ kind: one.kind, name: one.name })),
    createdAt,
  }));
}

function* join(runner: Runner, group: string, { kind, name }: Member): Work<boolean> {
  const { folded } =
    (yield* row(runner.db.selectFrom('account_group').select('folded').where('folded', '=', fold(group)))) ??
    {};
  if (folded === undefined) return false;
  yield* rows(
    runner.db
      .insertInto('account_group_member')
      .values({ group_folded: folded, kind, folded: fold(name), name })
      .onConflict((conflict) => conflict.columns(['group_folded', 'kind', 'folded']).doNothing()),
  );
  return true;
}

function* leave(runner: Runner, group: string, { kind, name }: Member): Work<boolean> {
  const gone = yield* rows(
    runner.db
      .deleteFrom('account_group_member')
      .where('group_folded', '=', fold(group))
      .where('kind', '=', kind)
      .where('folded', '=', fold(name))
      .returning('folded'),
  );
  return gone.length > 0;
}

function* remove(runner: Runner, name: string): Work<boolean> {
  const folded = fold(name);
  yield* rows(
    runner.db.deleteFrom('account_group_member').where('kind', '=', 'group').where('folded', '=', folded),
  );
  yield* rows(runner.db.deleteFrom('account_group_member').where('group_folded', '=', folded));
  const gone = yield* rows(
    runner.db.deleteFrom('account_group').where('folded', '=', folded).returning('folded'),
  );
  return gone.length > 0;
}

/** UNION without ALL ends where groups are members of each other in a circle. */
function* groupsOf(runner: Runner, user: string): Work<readonly string[]> {
  const query = runner.db
    .withRecursive('mine', (db) =>
      db
        .selectFrom('account_group_member as direct')
        .select('direct.group_folded as folded')
        .where('direct.kind', '=', 'user')
        .where('direct.folded', '=', fold(user))
        .union(
          db
            .selectFrom('account_group_member as further')
            .innerJoin('mine', 'mine.folded', 'further.folded')
            .where('further.kind', '=', 'group')
            .select('further.group_folded as folded'),
        ),
    )
    .selectFrom('mine')
    .innerJoin('account_group', 'account_group.folded', 'mine.folded')
    .select('account_group.name')
    .orderBy('account_group.folded');
  return (yield* rows(query)).map(({ name }) => name);
}
