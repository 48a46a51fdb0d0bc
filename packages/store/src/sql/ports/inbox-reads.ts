import type { Mail, Reply } from '@signalbox/engine';
import type { ParkedMail } from '../../port/inbox.ts';
import { addressOf } from '../../unit/address.ts';
import { rows } from '../builder.ts';
import { commandByKey } from '../hot/command.ts';
import type { Runner } from '../runner.ts';
import { first, type Work } from '../work.ts';

/** Messages that were set aside, oldest first. */
export function* parkedMail(runner: Runner): Work<readonly ParkedMail[]> {
  const found = yield* rows(
    runner.db.selectFrom('mail').selectAll().where('parked', 'is not', null).orderBy('seq'),
  );
  return found.map((from) => ({
    id: from.seq,
    to: addressOf(from.kind, from.target),
    body: JSON.parse(from.body) as Mail['body'],
    reason: from.parked ?? '',
    attempts: from.attempts,
  }));
}

/** Back into its inbox, as if it had just come. Nobody waits for its reply any more. */
export function* unparkMail(runner: Runner, id: number): Work<void> {
  yield* rows(
    runner.db
      .updateTable('mail')
      .set({ parked: null, attempts: 0, due: 0, command: null })
      .where('seq', '=', id)
      .where('parked', 'is not', null),
  );
}

/** The reply that a command was given. */
export function* replyTo(key: string): Work<Reply | undefined> {
  const reply = (yield* first(commandByKey, key))?.[1];
  return typeof reply === 'string' ? (JSON.parse(reply) as Reply) : undefined;
}
