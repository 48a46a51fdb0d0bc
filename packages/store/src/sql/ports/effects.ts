import type { Effect } from '@signalbox/engine';
import { backOff } from '../../back-off.ts';
import type { Effects, TakenEffect, WaitingEffect } from '../../port/effects.ts';
import { row, rows } from '../builder.ts';
import { takeEffects, takeEffectsSkipping } from '../hot/effect.ts';
import type { Dialect } from '../migrations/dialect.ts';
import type { Runner } from '../runner.ts';
import { all, type Work } from '../work.ts';

/** Effects over a database. */
export function effects(runner: Runner, engine: Dialect['engine']): Effects {
  return {
    take: (options) => runner.write(() => take(runner, engine, options)),
    complete: (id) =>
      runner.write(function* () {
        yield* rows(runner.db.deleteFrom('effect').where('id', '=', id));
      }),
    fail: (id, reason) => runner.write(() => fail(runner, id, reason)),
    postpone: (id, { after, note }) =>
      runner.write(function* () {
        const due = runner.clock() + after;
        yield* rows(runner.db.updateTable('effect').set({ due, reason: note }).where('id', '=', id));
      }),
    find: (key) => runner.read(() => find(runner, key)),
    nextDue: () => runner.read(() => nextDue(runner)),
  };
}

function* take(
  runner: Runner,
  engine: Dialect['engine'],
  { limit, lease }: Parameters<Effects['take']>[0],
): Work<readonly TakenEffect[]> {
  const now = runner.clock();
  const statement = engine === 'postgres' ? takeEffectsSkipping : takeEffects;
  const taken = yield* all(statement, now, now + lease, limit);
  return [...taken]
    .sort(([a], [b]) => a - b)
    .map(([id, body, attempt, note]) => ({
      id,
      effect: JSON.parse(body) as Effect,
      attempt,
      ...(note !== null && { note }),
    }));
}

function* find(runner: Runner, key: string): Work<WaitingEffect | undefined> {
  const found = yield* row(
    runner.db.selectFrom('effect').select(['attempt', 'due', 'reason']).where('key', '=', key),
  );
  if (found === undefined) return undefined;
  const { attempt, due, reason } = found;
  return { attempt, due, ...(reason !== null && { note: reason }) };
}

function* fail(runner: Runner, id: number, reason: string): Work<void> {
  const known = yield* row(runner.db.selectFrom('effect').select('attempt').where('id', '=', id));
  if (known === undefined) return;
  const due = runner.clock() + backOff(known.attempt);
  yield* rows(runner.db.updateTable('effect').set({ due, reason }).where('id', '=', id));
}

function* nextDue(runner: Runner): Work<number | undefined> {
  const next = yield* row(runner.db.selectFrom('effect').select('due').orderBy('due').limit(1));
  return next?.due;
}
