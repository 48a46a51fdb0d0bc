import { insertMany } from '../many.ts';
import { statement, type Call, type Param, type Statement } from '../work.ts';

/** One fact. The unique (kind, id, version) makes a lost update impossible, not just unlikely (INV-44). */
export const appendJournal: Statement<readonly []> = statement(
  'journal_append',
  'INSERT INTO journal (kind, id, version, at, event, cause) VALUES ($1, $2, $3, $4, $5, $6)',
);

/** Where an aggregate's journal ends, by the index of the constraint; asked once while SQLite's worker remembers it. */
export const journalEnd: Statement<[version: number, at: number]> = statement(
  'journal_end',
  'SELECT version, at FROM journal WHERE kind = $1 AND id = $2 ORDER BY version DESC LIMIT 1',
);

/** The journal has grown: the new end, in the row that PostgreSQL's workers lock. */
export const saveHead: Statement<readonly []> = statement(
  'aggregate_save',
  `INSERT INTO aggregate (kind, id, version, last_time) VALUES ($1, $2, $3, $4)
   ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, last_time = excluded.last_time`,
);

/** Something to do outside; the same key while it waits is the same effect. */
export const insertEffect: Statement<readonly []> = statement(
  'effect_insert',
  `INSERT INTO effect (key, due, attempt, body) VALUES ($1, 0, 0, $2) ON CONFLICT (key) DO NOTHING`,
);

/** The entries of a whole turn, for SQLite. */
export const appendJournals: (rows: readonly (readonly Param[])[]) => Call[] = insertMany(
  'journal_append',
  'journal',
  ['kind', 'id', 'version', 'at', 'event', 'cause'],
);
