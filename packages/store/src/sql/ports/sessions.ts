import type { SessionRow, Sessions } from '../../port/catalogue.ts';
import { row, rows } from '../builder.ts';
import type { Runner } from '../runner.ts';
import type { Work } from '../work.ts';

/** Sessions and sign-in codes over a database. */
export function sessions(runner: Runner): Sessions {
  return {
    create: (session) => runner.write(() => create(runner, 'session', session)),
    find: (hash) => runner.read(() => find(runner, hash)),
    remove: (hash) => runner.write(() => remove(runner, hash)),
    createCode: (code) => runner.write(() => create(runner, 'sign_in_code', code)),
    redeemCode: (hash) => runner.write(() => redeem(runner, hash)),
  };
}

function* create(
  runner: Runner,
  table: 'session' | 'sign_in_code',
  { hash, token, lasts }: Parameters<Sessions['create']>[0],
): Work<void> {
  const now = runner.clock();
  // Expired ones leave when a new one comes: no sweeper is needed.
  yield* rows(runner.db.deleteFrom(table).where('expires_at', '<=', now));
  yield* rows(runner.db.insertInto(table).values({ hash, token, created_at: now, expires_at: now + lasts }));
}

function* find(runner: Runner, hash: string): Work<SessionRow | undefined> {
  const known = yield* row(
    runner.db
      .selectFrom('session')
      .selectAll()
      .where('hash', '=', hash)
      .where('expires_at', '>', runner.clock()),
  );
  if (known === undefined) return undefined;
  return { hash, token: known.token, createdAt: known.created_at, expiresAt: known.expires_at };
}

function* remove(runner: Runner, hash: string): Work<void> {
  yield* rows(runner.db.deleteFrom('session').where('hash', '=', hash));
}

/** The DELETE itself decides who redeems: of two at once only one gets the row back. */
function* redeem(runner: Runner, hash: string): Work<number | undefined> {
  const used = yield* row(
    runner.db
      .deleteFrom('sign_in_code')
      .where('hash', '=', hash)
      .where('expires_at', '>', runner.clock())
      .returning('token'),
  );
  return used?.token;
}
