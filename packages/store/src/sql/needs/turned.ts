import { statement, type Statement } from '../work.ts';

/**
 * Waiters that became eligible since supersede looked last: usually none or one.
 */
export const turned: Statement<[doc: string]> = statement(
  'lock_turned',
  `SELECT b.doc FROM lock_request r JOIN bundle b ON b.project = r.project AND b.id = r.bundle
   WHERE r.project = $1 AND r.lock = $2 AND r.state = 'waiting' AND r.eligible = 1 AND r.turn > $3
   ORDER BY r.turn, r.bundle`,
);
