import { statement, type Statement } from '../work.ts';

/** The enabled checks of a resource, in the order of creation (CHK-2, CHK-20). Read once per checkpoint. */
export const checksOf: Statement<
  [id: number, version: number, name: string, timeout: number, settings: string]
> = statement(
  'checks_of',
  `SELECT id, version, resource_name, timeout, settings FROM check_configuration
   WHERE project = $1 AND resource_type = $2 AND resource_id = $3 AND enabled = 1 ORDER BY id`,
);
