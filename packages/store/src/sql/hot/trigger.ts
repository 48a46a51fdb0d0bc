import { statement, type Statement } from '../work.ts';

/** What a project's trigger remembers. */
export const saveTriggerHeader: Statement<readonly []> = statement(
  'trigger_header_save',
  `INSERT INTO trigger_header (project, doc) VALUES ($1, $2)
   ON CONFLICT (project) DO UPDATE SET doc = excluded.doc`,
);

/** The organisation's last run id. */
export const saveLastRun: Statement<readonly []> = statement(
  'last_run_save',
  "UPDATE counter SET value = $1 WHERE name = 'run'",
);

/** The last `$(Rev:r)` given. */
export const saveRevision: Statement<readonly []> = statement(
  'revision_save',
  `INSERT INTO revision (definition, key, value) VALUES ($1, $2, $3)
   ON CONFLICT (definition, key) DO UPDATE SET value = excluded.value`,
);

/** The last value of a counter (EXPR-50). */
export const saveCounter: Statement<readonly []> = statement(
  'counter_save',
  `INSERT INTO run_counter (definition, prefix, value) VALUES ($1, $2, $3)
   ON CONFLICT (definition, prefix) DO UPDATE SET value = excluded.value`,
);
