import { statement, type Statement } from '../work.ts';

/** The counters of a pool. */
export const savePoolHeader: Statement<readonly []> = statement(
  'pool_header_save',
  `INSERT INTO pool_header (pool, doc) VALUES ($1, $2) ON CONFLICT (pool) DO UPDATE SET doc = excluded.doc`,
);

/** An agent. */
export const saveAgent: Statement<readonly []> = statement(
  'agent_save',
  `INSERT INTO agent (pool, id, name, doc) VALUES ($1, $2, $3, $4)
   ON CONFLICT (pool, id) DO UPDATE SET name = excluded.name, doc = excluded.doc`,
);

/** An agent that was removed. */
export const deleteAgent: Statement<readonly []> = statement(
  'agent_delete',
  'DELETE FROM agent WHERE pool = $1 AND id = $2',
);

/** A job instance in the pool. */
export const saveJobRequest: Statement<readonly []> = statement(
  'job_request_save',
  `INSERT INTO job_request (pool, id, phase, agent, lease, doc, run, instance, demand_key, ready_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
   ON CONFLICT (pool, id) DO UPDATE SET
     phase = excluded.phase, agent = excluded.agent, lease = excluded.lease, doc = excluded.doc`,
);
