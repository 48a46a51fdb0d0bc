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
  awaitedSince: number | null,
  lapsed: 0 | 1,
];

const COLUMNS =
  'resource_type, resource_id, definition, stage, run, run_queue_time, branch, awaited_since, lapsed';

/** The oldest runs for which younger ones wait at a resource with a stage: one seek, `count` entries. */
export const expectedAhead: Statement<ExpectedTuple> = statement(
  'expected_ahead',
  `SELECT ${COLUMNS} FROM expected
   WHERE project = $1 AND resource_type = $2 AND resource_id = $3 AND definition = $4 AND stage = $5
     AND lapsed = 0 AND (run_queue_time, run) > ($6, $7)
   ORDER BY run_queue_time, run LIMIT $8`,
);

/** Runs older than a given one that were waited for long enough. */
export const expectedLapsed: Statement<ExpectedTuple> = statement(
  'expected_lapsed',
  `SELECT ${COLUMNS} FROM expected
   WHERE project = $1 AND resource_type = $2 AND resource_id = $3 AND definition = $4 AND stage = $5
     AND lapsed = 1 AND (run_queue_time, run) < ($6, $7)
   ORDER BY run_queue_time, run`,
);

/** Every row of a resource for which a person is awaited, for a change of policy. */
export const expectedAwaited: Statement<ExpectedTuple> = statement(
  'expected_awaited',
  `SELECT ${COLUMNS} FROM expected
   WHERE project = $1 AND resource_type = $2 AND resource_id = $3 AND awaited_since IS NOT NULL AND lapsed = 0
   ORDER BY run, stage`,
);

/** Every expected row of a run, in the order of the key. */
export const expectedOf: Statement<ExpectedTuple> = statement(
  'expected_of',
  `SELECT ${COLUMNS} FROM expected WHERE project = $1 AND run = $2
   ORDER BY stage, resource_type, resource_id`,
);
