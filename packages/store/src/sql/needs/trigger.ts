import { statement, type Statement } from '../work.ts';

/** What a project's trigger remembers. */
export const triggerHeader: Statement<[doc: string]> = statement(
  'trigger_header',
  'SELECT doc FROM trigger_header WHERE project = $1',
);

/** The last revision given for a definition and the rest of a run number. */
export const revisionOf: Statement<[value: number]> = statement(
  'revision_of',
  'SELECT value FROM revision WHERE definition = $1 AND key = $2',
);

/** The last value of a counter of a definition (EXPR-50). */
export const counterOf: Statement<[value: number]> = statement(
  'counter_of',
  'SELECT value FROM run_counter WHERE definition = $1 AND prefix = $2',
);

/**
 * The organisation's last run id. PostgreSQL must lock it until the transaction ends, so that ids grow in
 * commit order (INV-41); it is the only row outside its aggregate that a unit locks, and always the last one.
 * SQLite has one writer and no such clause.
 */
export const lastRun: Statement<[value: number]> = statement(
  'last_run',
  "SELECT value FROM counter WHERE name = 'run'",
);

/** As `lastRun`, for PostgreSQL. */
export const lastRunLocked: Statement<[value: number]> = statement(
  'last_run_locked',
  "SELECT value FROM counter WHERE name = 'run' FOR UPDATE",
);
