import { statement, type Statement } from '../work.ts';

/**
 * Who holds a lock, by slot: at most `capacity` entries of the index that keeps slots unique.
 */
export const holders: Statement<[doc: string]> = statement(
  'lock_holders',
  `SELECT b.doc FROM lock_request r JOIN bundle b ON b.project = r.project AND b.id = r.bundle
   WHERE r.project = $1 AND r.lock = $2 AND r.state = 'inUse' ORDER BY r.slot`,
);
