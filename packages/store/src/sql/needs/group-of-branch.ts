import { statement, type Statement } from '../work.ts';

/**
 * The group of a stage lock's `runLatest`: as `group`, inside one branch.
 * The plus keeps SQLite from reading the whole lock in the order of its key to save sorting these few.
 */
export const groupOfBranch: Statement<[doc: string]> = statement(
  'lock_group_branch',
  `SELECT b.doc FROM lock_request r JOIN bundle b ON b.project = r.project AND b.id = r.bundle
   WHERE r.project = $1 AND r.lock = $2 AND r.state = 'waiting' AND r.eligible = 1 AND r.definition = $3
     AND r.branch = $4
   ORDER BY +r.bundle`,
);
