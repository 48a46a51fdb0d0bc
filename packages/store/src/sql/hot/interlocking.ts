import { statement, type Statement } from '../work.ts';

/** The counters of a project's interlocking. */
export const saveHeader: Statement<readonly []> = statement(
  'interlocking_save',
  `INSERT INTO interlocking (project, doc) VALUES ($1, $2)
   ON CONFLICT (project) DO UPDATE SET doc = excluded.doc`,
);

/** A lock. The condition keeps a token from ever falling, whatever the code does (INV-02). */
export const saveLock: Statement<readonly []> = statement(
  'lock_save',
  `INSERT INTO resource_lock (project, id, resource_type, resource_id, last_token, doc)
   VALUES ($1, $2, $3, $4, $5, $6)
   ON CONFLICT (project, id) DO UPDATE SET last_token = excluded.last_token, doc = excluded.doc
   WHERE resource_lock.last_token <= excluded.last_token`,
);

/** A bundle; what names its requester never changes. */
export const saveBundle: Statement<readonly []> = statement(
  'bundle_save',
  `INSERT INTO bundle (project, id, run, stage, attempt, status, doc) VALUES ($1, $2, $3, $4, $5, $6, $7)
   ON CONFLICT (project, id) DO UPDATE SET status = excluded.status, doc = excluded.doc`,
);

/** What a pipeline last deployed behind a lock; the next deployment takes its place. */
export const saveDeployed: Statement<readonly []> = statement(
  'deployed_save',
  `INSERT INTO deployed (project, lock, definition, doc) VALUES ($1, $2, $3, $4)
   ON CONFLICT (project, lock, definition) DO UPDATE SET doc = excluded.doc`,
);

/** One expected row; only whether a person is awaited ever changes. */
export const saveExpected: Statement<readonly []> = statement(
  'expected_save',
  `INSERT INTO expected (project, run, stage, resource_type, resource_id, definition, run_queue_time, branch,
     awaited_since, lapsed)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
   ON CONFLICT (project, run, stage, resource_type, resource_id) DO UPDATE SET
     awaited_since = excluded.awaited_since, lapsed = excluded.lapsed`,
);

/** Dropped: the stage asked, or never will. */
export const deleteExpected: Statement<readonly []> = statement(
  'expected_delete',
  `DELETE FROM expected
   WHERE project = $1 AND run = $2 AND stage = $3 AND resource_type = $4 AND resource_id = $5`,
);
