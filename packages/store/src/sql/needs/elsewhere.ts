import { statement, type Statement } from '../work.ts';

/**
 * A limit that pools share is decided about by one of them at a time: taken before the others are looked at, and kept
 * to the end of the transaction (AGENT-6).
 */
export const takeSlotGate: Statement<readonly []> = statement(
  'slot_gate_take',
  'UPDATE slot_gate SET taken = taken + 1',
);

/** The agents of every other pool. */
export const agentsElsewhere: Statement<[pool: number, doc: string]> = statement(
  'agents_elsewhere',
  'SELECT pool, doc FROM agent WHERE pool <> $1 ORDER BY pool, id',
);

/** The first waiting requests of the other pools. */
export const waitingElsewhere: Statement<[pool: number, doc: string]> = statement(
  'job_requests_elsewhere',
  `SELECT pool, doc FROM job_request WHERE pool <> $1 AND phase = 'waiting'
   ORDER BY ready_at, run, id LIMIT 1000`,
);
