import { statement, type Statement } from '../work.ts';

/**
 * A bundle's place at one lock: the row behind every index that a decision reads. What names the requester is
 * written once; a change of state moves the row out of the partial indexes of waiters and into the next one.
 */
export const saveLockRequest: Statement<readonly []> = statement(
  'lock_request_save',
  `INSERT INTO lock_request (project, lock, bundle, state, eligible, turn, order_time, slot, token, finish_time,
     definition, branch, stage, run_queue_time, run)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
   ON CONFLICT (project, lock, bundle) DO UPDATE SET
     state = excluded.state, eligible = excluded.eligible, turn = excluded.turn,
     order_time = excluded.order_time, slot = excluded.slot, token = excluded.token,
     finish_time = excluded.finish_time`,
);
