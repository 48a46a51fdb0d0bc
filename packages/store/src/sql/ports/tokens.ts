import type { Selectable } from 'kysely';
import type { TokenRow, Tokens } from '../../port/catalogue.ts';
import { row, rows } from '../builder.ts';
import { found, type Runner } from '../runner.ts';
import type { Tables } from '../tables.ts';
import type { Work } from '../work.ts';

/** A use is noted once in this many milliseconds: every request would be a write otherwise. */
const TOUCH_EVERY = 60_000;

/** Tokens over a database. */
export function tokens(runner: Runner): Tokens {
  return {
    create: (token) => runner.write(() => create(runner, token)),
    find: (hash) => runner.read(() => find(runner, hash)),
    get: (id) => runner.read(() => get(runner, id)),
    list: () => runner.read(() => list(runner)),
    ofUser: (user) => runner.read(() => ofUser(runner, user)),
    assign: (id, user) => runner.write(() => assign(runner, id, user)),
    touch: (id) => touch(runner, id),
    revoke: (id) => runner.write(() => revoke(runner, id)),
  };
}

function* create(runner: Runner, token: Parameters<Tokens['create']>[0]): Work<TokenRow> {
  const { hash, name, scope } = token;
  yield* rows(
    runner.db
      .insertInto('token')
      .values({
        hash,
        name,
        scope,
        project: token.project ?? null,
        pool: token.pool ?? null,
        account: token.user ?? null,
        created_at: runner.clock(),
        expires_at: token.expiresAt ?? null,
      })
      .onConflict((conflict) => conflict.column('hash').doNothing()),
  );
  return found(yield* find(runner, hash), 'token');
}

function* find(runner: Runner, hash: string): Work<TokenRow | undefined> {
  const known = yield* row(runner.db.selectFrom('token').selectAll().where('hash', '=', hash));
  return known && tokenRow(known);
}

function* get(runner: Runner, id: number): Work<TokenRow | undefined> {
  const known = yield* row(runner.db.selectFrom('token').selectAll().where('id', '=', id));
  return known && tokenRow(known);
}

function* assign(runner: Runner, id: number, user: number): Work<void> {
  const change = runner.db.updateTable('token').set({ account: user }).where('id', '=', id);
  yield* rows(change.where('account', 'is', null));
}

function* list(runner: Runner): Work<readonly TokenRow[]> {
  const known = yield* rows(runner.db.selectFrom('token').selectAll().orderBy('id'));
  return known.map(tokenRow);
}

function* ofUser(runner: Runner, user: number): Work<readonly TokenRow[]> {
  const query = runner.db.selectFrom('token').selectAll().where('account', '=', user);
  return (yield* rows(query.orderBy('id'))).map(tokenRow);
}

async function touch(runner: Runner, id: number): Promise<void> {
  const now = runner.clock();
  const stale = runner.db
    .selectFrom('token')
    .select('id')
    .where('id', '=', id)
    .where((e) => e.or([e('last_used_at', 'is', null), e('last_used_at', '<=', now - TOUCH_EVERY)]));
  if ((await runner.read(() => row(stale))) === undefined) return;
  const note = runner.db.updateTable('token').set({ last_used_at: now }).where('id', '=', id);
  await runner.write(() => rows(note));
}

function* revoke(runner: Runner, id: number): Work<void> {
  yield* rows(
    runner.db
      .updateTable('token')
      .set({ revoked_at: runner.clock() })
      .where('id', '=', id)
      .where('revoked_at', 'is', null),
  );
}

function tokenRow(from: Selectable<Tables['token']>): TokenRow {
  const { id, hash, name, scope } = from;
  return {
    id,
    hash,
    name,
    scope,
    createdAt: from.created_at,
    ...(from.project !== null && { project: from.project }),
    ...(from.pool !== null && { pool: from.pool }),
    ...(from.account !== null && { user: from.account }),
    ...(from.expires_at !== null && { expiresAt: from.expires_at }),
    ...(from.last_used_at !== null && { lastUsedAt: from.last_used_at }),
    ...(from.revoked_at !== null && { revokedAt: from.revoked_at }),
  };
}
