import { statement, type Statement } from '../work.ts';

/** A run's document. */
export const runDoc: Statement<[doc: string]> = statement('run_doc', 'SELECT doc FROM run WHERE id = $1');

/** A run's plan; read once per process while the cache holds it. */
export const runPlan: Statement<[plan: string]> = statement(
  'run_plan',
  'SELECT plan FROM run_plan WHERE run = $1',
);

/** A run is born: the only INSERT, so an id that is given twice is refused by the key. */
export const insertRun: Statement<readonly []> = statement(
  'run_insert',
  `INSERT INTO run (id, status, result, start_order, finish_order, doc,
     project, definition, number, reason, branch, requested_for, queue_time)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
);

/** The plan beside it, written once (INV-45). */
export const insertPlan: Statement<readonly []> = statement(
  'run_plan_insert',
  'INSERT INTO run_plan (run, plan) VALUES ($1, $2)',
);

/** An approval is asked for, or decided. */
export const saveApproval: Statement<readonly []> = statement(
  'approval_save',
  `INSERT INTO approval (run, folded, attempt, number, project, stage, status, created_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
   ON CONFLICT (run, folded, attempt, number) DO UPDATE SET status = excluded.status`,
);

/**
 * A run's next state. Only the columns that can change, so that most updates touch no index: they change the
 * document alone (PostgreSQL makes them heap-only).
 */
export const updateRun: Statement<readonly []> = statement(
  'run_update',
  'UPDATE run SET status = $2, result = $3, start_order = $4, finish_order = $5, doc = $6 WHERE id = $1',
);

/** A run has another number; rare, and apart, because the number is in an index (RNAME-8). */
export const renumberRun: Statement<readonly []> = statement(
  'run_renumber',
  'UPDATE run SET number = $2 WHERE id = $1',
);
