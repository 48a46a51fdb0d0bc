import { statement, type Statement } from '../work.ts';

/** A bundle by number. */
export const bundleById: Statement<[doc: string]> = statement(
  'bundle_by_id',
  'SELECT doc FROM bundle WHERE project = $1 AND id = $2',
);

/** The bundle of one stage attempt, through the constraint that there is at most one. */
export const bundleOf: Statement<[doc: string]> = statement(
  'bundle_of',
  'SELECT doc FROM bundle WHERE project = $1 AND run = $2 AND stage = $3 AND attempt = $4',
);

/**
 * A run has a handful of bundles: the front of the same index, finished ones sifted out. Every stage is at or
 * after the empty name; without that SQLite reads all bundles of the project by their numbers (measured: 10 ms of 12 in
 * a queue of 60,000).
 */
export const openOf: Statement<[doc: string]> = statement(
  'bundle_open_of',
  `SELECT doc FROM bundle WHERE project = $1 AND run = $2 AND stage >= '' AND status IN ('expected', 'queued', 'waitingOnChecks', 'inUse')
   ORDER BY id`,
);
