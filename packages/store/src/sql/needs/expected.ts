import { statement, type Statement } from '../work.ts';

/** An expected row as it is stored. */
export type ExpectedTuple = [
  resourceType: string,
  resourceId: string,
  definition: number,
  stage: string,
  run: number,
  runQueueTime: number,
  branch: string,
];

const COLUMNS = 'resource_type, resource_id, definition, stage, run, run_queue_time, branch';

/** The oldest runs of a pipeline that may still ask for a resource with a stage: one seek, `count` entries. */
export const expectedAhead: Statement<ExpectedTuple> = statement(
  'expected_ahead',
  `SELECT ${COLUMNS} FROM expected
   WHERE project = $1 AND resource_type = $2 AND resource_id = $3 AND definition = $4 AND stage = $5
     AND (run_queue_time, run) > ($6, $7)
   ORDER BY run_queue_time, run LIMIT $8`,
);

/** Every expected row of a run, in the order of the key. */
export const expectedOf: Statement<ExpectedTuple> = statement(
  'expected_of',
  `SELECT ${COLUMNS} FROM expected WHERE project = $1 AND run = $2
   ORDER BY stage, resource_type, resource_id`,
);
