import { statement, type Statement } from '../work.ts';

/**
 * The next eligible waiters behind a place in the order. The row comparison is one seek into a partial index
 * that holds eligible waiters only, so barred ones ahead cost nothing: O(log n + answer).
 */
export const front: Statement<[doc: string]> = statement(
  'lock_front',
  `SELECT b.doc FROM lock_request r JOIN bundle b ON b.project = r.project AND b.id = r.bundle
   WHERE r.project = $1 AND r.lock = $2 AND r.state = 'waiting' AND r.eligible = 1
     AND (r.order_time, r.bundle) > ($3, $4)
   ORDER BY r.order_time, r.bundle LIMIT $5`,
);
