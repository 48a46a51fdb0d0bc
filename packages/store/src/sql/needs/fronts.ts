import { statement, type Statement } from '../work.ts';

/**
 * The first requests of each demand key. `DISTINCT` would read every waiting request; the recursion jumps from
 * one key to the next in the index (a skip scan), so the cost is (number of keys) × (log n + count).
 */
export const fronts: Statement<[doc: string]> = statement(
  'job_request_fronts',
  `WITH RECURSIVE demand (key) AS (
     SELECT min(demand_key) FROM job_request WHERE pool = $1 AND phase = 'waiting'
     UNION ALL
     SELECT (SELECT min(demand_key) FROM job_request
             WHERE pool = $1 AND phase = 'waiting' AND demand_key > demand.key)
     FROM demand WHERE demand.key IS NOT NULL
   )
   SELECT r.doc FROM demand JOIN job_request r ON r.pool = $1 AND r.id IN (
     SELECT id FROM job_request
     WHERE pool = $1 AND phase = 'waiting' AND demand_key = demand.key
     ORDER BY ready_at, run, id LIMIT $2
   )
   ORDER BY r.demand_key, r.ready_at, r.run, r.id`,
);
