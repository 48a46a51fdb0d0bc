import { statement, type Statement } from '../work.ts';

/** The counters of a pool. */
export const poolHeader: Statement<[doc: string]> = statement(
  'pool_header',
  'SELECT doc FROM pool_header WHERE pool = $1',
);

/** Every agent of a pool. */
export const poolAgents: Statement<[doc: string]> = statement(
  'pool_agents',
  'SELECT doc FROM agent WHERE pool = $1 ORDER BY id',
);

/** A request by number. */
export const requestById: Statement<[doc: string]> = statement(
  'job_request_by_id',
  'SELECT doc FROM job_request WHERE pool = $1 AND id = $2',
);

/** The request of a job instance, through the constraint that there is at most one. */
export const requestOf: Statement<[doc: string]> = statement(
  'job_request_of',
  'SELECT doc FROM job_request WHERE pool = $1 AND run = $2 AND instance = $3',
);

/**
 * What a run has waiting in a pool: a handful. The plus hides the pool from SQLite, which would otherwise read all
 * of it by its key, where the rows themselves lie, rather than look up the few that the index names.
 */
export const waitingOf: Statement<[doc: string]> = statement(
  'job_request_waiting_of',
  "SELECT doc FROM job_request WHERE +pool = $1 AND run = $2 AND phase = 'waiting' ORDER BY id",
);
