import { insertMany } from '../many.ts';
import { statement, type Call, type Param, type Statement } from '../work.ts';

/** A message into an inbox, or, with a reason, among the parked ones. `due` 0 means at once. */
export const insertMail: Statement<readonly []> = statement(
  'mail_insert',
  `INSERT INTO mail (kind, target, due, body, command, attempts, parked)
   VALUES ($1, $2, $3, $4, $5, $6, $7)`,
);

/** The messages that a turn leaves behind, for SQLite. */
export const insertMails: (rows: readonly (readonly Param[])[]) => Call[] = insertMany(
  'mail_insert',
  'mail',
  ['kind', 'target', 'due', 'body', 'command', 'attempts'],
);

/** A message as its worker reads it. */
export type MailTuple = [seq: number, body: string, command: string | null, attempts: number];

/**
 * The oldest due mail of one aggregate, in the order in which it was written. Mail for at once (due 0) comes out
 * of the index in that order; timers that are due are few. Sorting both together by `due <= now` would read a
 * backlog of thousands for each batch, so each half is limited before they are merged.
 */
export const dueMail: Statement<MailTuple> = statement(
  'mail_due_of',
  `SELECT seq, body, command, attempts FROM (
     SELECT * FROM (
       SELECT seq, body, command, attempts FROM mail
       WHERE kind = $1 AND target = $2 AND due = 0 AND parked IS NULL ORDER BY seq LIMIT $4) AS at_once
     UNION ALL
     SELECT * FROM (
       SELECT seq, body, command, attempts FROM mail
       WHERE kind = $1 AND target = $2 AND due > 0 AND due <= $3 AND parked IS NULL
       ORDER BY seq LIMIT $4) AS timers
   ) AS due_now ORDER BY seq LIMIT $4`,
);

/** A message that is handled. */
export const deleteMail: Statement<readonly []> = statement('mail_delete', 'DELETE FROM mail WHERE seq = $1');

/** One more failure of a message; with a reason it is parked and its neighbours go on (F16). */
export const failMail: Statement<readonly []> = statement(
  'mail_fail',
  'UPDATE mail SET attempts = $2, parked = $3 WHERE seq = $1',
);

/**
 * Aggregates with due mail, the one that waits longest first. Reads the first thousand due messages: a longer
 * backlog is worked off from its front, and parked mail is in another index.
 */
export const readyAggregates: Statement<[kind: string, target: number]> = statement(
  'mail_ready',
  `SELECT kind, target FROM (
     SELECT kind, target, due, seq FROM mail WHERE due <= $1 AND parked IS NULL ORDER BY due, seq LIMIT 1000
   ) AS front GROUP BY kind, target ORDER BY min(due), min(seq) LIMIT $2`,
);

/** When the next message is due. */
export const nextDue: Statement<[due: number | null]> = statement(
  'mail_next_due',
  'SELECT min(due) FROM mail WHERE parked IS NULL',
);
