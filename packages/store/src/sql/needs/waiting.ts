import { statement, type Statement } from '../work.ts';

/**
 * Everybody who waits at a lock: for a change of its policy, which touches them all anyway.
 */
export const waiting: Statement<[doc: string]> = statement(
  'lock_waiting',
  `SELECT b.doc FROM lock_request r JOIN bundle b ON b.project = r.project AND b.id = r.bundle
   WHERE r.project = $1 AND r.lock = $2 AND r.state = 'waiting' ORDER BY r.order_time, r.bundle`,
);
