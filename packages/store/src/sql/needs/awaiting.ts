import { statement, type Statement } from '../work.ts';

/** Stages of one pipeline that wait for their approvals before they ask for the lock. */
export const awaiting: Statement<[doc: string]> = statement(
  'lock_awaiting',
  `SELECT b.doc FROM lock_request r JOIN bundle b ON b.project = r.project AND b.id = r.bundle
   WHERE r.project = $1 AND r.lock = $2 AND r.state = 'expected' AND r.definition = $3
   ORDER BY +r.bundle`,
);

/** Those of one branch. */
export const awaitingOfBranch: Statement<[doc: string]> = statement(
  'lock_awaiting_of_branch',
  `SELECT b.doc FROM lock_request r JOIN bundle b ON b.project = r.project AND b.id = r.bundle
   WHERE r.project = $1 AND r.lock = $2 AND r.state = 'expected' AND r.definition = $3 AND r.branch = $4
   ORDER BY +r.bundle`,
);
