import { statement, type Statement } from '../work.ts';

/**
 * The next waiters of one stage that older runs of the same pipeline keep back, oldest run first, behind a place:
 * one seek into a partial index that holds only such waiters, O(log n + answer).
 */
export const barred: Statement<[doc: string]> = statement(
  'lock_barred',
  `SELECT b.doc FROM lock_request r JOIN bundle b ON b.project = r.project AND b.id = r.bundle
   WHERE r.project = $1 AND r.lock = $2 AND r.state = 'waiting' AND r.eligible = 0 AND r.definition = $3
     AND r.stage = $4 AND (r.run_queue_time, r.run) > ($5, $6)
   ORDER BY r.run_queue_time, r.run, r.bundle LIMIT $7`,
);
