import { fold } from '@signalbox/model';
import type { Selectable } from 'kysely';
import type { UserInput, UserRow, Users } from '../../port/identities.ts';
import { row, rows } from '../builder.ts';
import { found, named, type Runner } from '../runner.ts';
import type { Tables } from '../tables.ts';
import type { Work } from '../work.ts';

/** Users over a database. */
export function users(runner: Runner): Users {
  return {
    upsert: (user) => runner.write(() => upsert(runner, user)),
    create: (user) => runner.write(() => create(runner, user)),
    get: (id) => runner.read(() => one(runner, { id })),
    find: (name) => runner.read(() => one(runner, { folded: fold(name) })),
    ofSubject: (issuer, subject) => runner.read(() => one(runner, { issuer, subject })),
    list: () => runner.read(() => list(runner)),
    update: (id, patch) => runner.write(() => update(runner, id, patch)),
  };
}

function valuesOf(
  runner: Runner,
  { name, displayName = name, mail = '', kind = 'person', issuer, subject }: UserInput,
): Omit<Selectable<Tables['account']>, 'id'> {
  return {
    folded: fold(name),
    name,
    display_name: displayName,
    mail,
    kind,
    active: 1,
    issuer: issuer ?? null,
    subject: subject ?? null,
    created_at: runner.clock(),
  };
}

function* upsert(runner: Runner, user: UserInput): Work<UserRow> {
  const insert = runner.db
    .insertInto('account')
    .values(valuesOf(runner, user))
    .onConflict((conflict) => conflict.column('folded').doNothing());
  yield* named(runner, 'a user of that subject', rows(insert));
  return found(yield* one(runner, { folded: fold(user.name) }), `user ${user.name}`);
}

function* create(runner: Runner, user: UserInput): Work<UserRow> {
  const insert = runner.db.insertInto('account').values(valuesOf(runner, user)).returningAll();
  return userRow(found(yield* named(runner, `a user ${user.name}`, row(insert)), 'user'));
}

function* one(
  runner: Runner,
  where: Partial<Pick<Selectable<Tables['account']>, 'id' | 'folded' | 'issuer' | 'subject'>>,
): Work<UserRow | undefined> {
  const query = runner.db.selectFrom('account').selectAll();
  const known = yield* row(query.where((e) => e.and(where)));
  return known && userRow(known);
}

function* list(runner: Runner): Work<readonly UserRow[]> {
  return (yield* rows(runner.db.selectFrom('account').selectAll().orderBy('folded'))).map(userRow);
}

function* update(runner: Runner, id: number, patch: Parameters<Users['update']>[1]): Work<UserRow> {
  const { displayName, mail, active, issuer, subject } = patch;
  const change = runner.db
    .updateTable('account')
    .set({
      id,
      ...(displayName !== undefined && { display_name: displayName }),
      ...(mail !== undefined && { mail }),
      ...(active !== undefined && { active: active ? 1 : 0 }),
      ...(issuer !== undefined && { issuer }),
      ...(subject !== undefined && { subject }),
    })
    .where('id', '=', id)
    .returningAll();
  return userRow(found(yield* named(runner, 'a user of that subject', row(change)), `user ${id}`));
}

function userRow(from: Selectable<Tables['account']>): UserRow {
  const { id, name, mail, kind, issuer, subject } = from;
  return {
    id,
    name,
    displayName: from.display_name,
    mail,
    kind,
    active: from.active === 1,
    ...(issuer !== null && { issuer }),
    ...(subject !== null && { subject }),
    createdAt: from.created_at,
  };
}
