import { statement, type Statement } from '../work.ts';

/** A lock by number. */
export const lockById: Statement<[doc: string]> = statement(
  'lock_by_id',
  'SELECT doc FROM resource_lock WHERE project = $1 AND id = $2',
);

/** The lock of a resource. */
export const lockOf: Statement<[doc: string]> = statement(
  'lock_of',
  'SELECT doc FROM resource_lock WHERE project = $1 AND resource_type = $2 AND resource_id = $3',
);

/** The counters of a project's interlocking. */
export const interlockingHeader: Statement<[doc: string]> = statement(
  'interlocking_header',
  'SELECT doc FROM interlocking WHERE project = $1',
);
