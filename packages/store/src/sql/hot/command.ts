import { statement, type Statement } from '../work.ts';

/** A command by its reply key. */
export const commandByKey: Statement<[digest: string, reply: string | null]> = statement(
  'command_by_key',
  'SELECT digest, reply FROM command WHERE key = $1',
);

/** Claims a reply key; no row comes back when it was used before. */
export const insertCommand: Statement<[key: string]> = statement(
  'command_insert',
  `INSERT INTO command (key, digest, created_at, reply) VALUES ($1, $2, $3, $4)
   ON CONFLICT (key) DO NOTHING RETURNING key`,
);

/** The answer, in the transaction that made it true. */
export const saveReply: Statement<readonly []> = statement(
  'command_reply',
  'UPDATE command SET reply = $2 WHERE key = $1',
);

/** Replies older than a day; unanswered commands stay. */
export const forgetCommands: Statement<readonly []> = statement(
  'command_forget',
  'DELETE FROM command WHERE created_at < $1 AND reply IS NOT NULL',
);
