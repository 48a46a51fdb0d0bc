import { statement, type Statement } from '../work.ts';

/** What was said about all pipelines (row 0), and about this one; nothing: the resource is open. Read with its checks. */
export const permissionOf: Statement<[definition: number, authorized: number]> = statement(
  'permission_of',
  `SELECT definition, authorized FROM pipeline_permission
   WHERE project = $1 AND resource_type = $2 AND resource_id = $3 AND definition IN (0, $4)`,
);
