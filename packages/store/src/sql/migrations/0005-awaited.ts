import type { Dialect, Migration } from './dialect.ts';

/**
 * Stages that wait for their approvals are bundles, too (status and state `expected`), and runs that wait for a person
 * hold younger ones back for a while only. A check on a column cannot be widened in SQLite, so both tables are
 * made anew; the requests go first, because they refer to the bundles.
 */
export const awaited: Migration = {
  version: 5,
  breaking: true,
  statements: (d) => [...tables(d), ...COPY, ...requestIndexes(), ...expected(d)],
};

const STATUSES =
  "('expected', 'queued', 'waitingOnChecks', 'inUse', 'finished', 'timedOut', 'canceled', 'abandoned')";

function tables({ int, text, clustered }: Dialect): string[] {
  return [
    `CREATE TABLE bundle_new (
      project ${int} NOT NULL, id ${int} NOT NULL, run ${int} NOT NULL, stage ${text} NOT NULL,
      attempt ${int} NOT NULL, status ${text} NOT NULL CHECK (status IN ${STATUSES}), doc ${text} NOT NULL,
      PRIMARY KEY (project, id), UNIQUE (project, run, stage, attempt)
    ) ${clustered}`,
    'INSERT INTO bundle_new SELECT project, id, run, stage, attempt, status, doc FROM bundle',
    `CREATE TABLE lock_request_new (
      project ${int} NOT NULL, lock ${int} NOT NULL, bundle ${int} NOT NULL,
      state ${text} NOT NULL CHECK (state IN ('expected', 'waiting', 'inUse', 'ended')),
      eligible ${int} NOT NULL CHECK (eligible IN (0, 1)), turn ${int} NOT NULL, order_time ${int} NOT NULL,
      definition ${int} NOT NULL, branch ${text} NOT NULL, stage ${text} NOT NULL,
      run_queue_time ${int} NOT NULL, run ${int} NOT NULL, slot ${int} CHECK (slot > 0), token ${int},
      finish_time ${int}, PRIMARY KEY (project, lock, bundle),
      FOREIGN KEY (project, lock) REFERENCES resource_lock (project, id),
      FOREIGN KEY (project, bundle) REFERENCES bundle_new (project, id),
      CHECK (state <> 'inUse' OR (slot IS NOT NULL AND token IS NOT NULL))
    ) ${clustered}`,
  ];
}

const COPY: readonly string[] = [
  `INSERT INTO lock_request_new
     SELECT project, lock, bundle, state, eligible, turn, order_time, definition, branch, stage, run_queue_time, run,
       slot, token, finish_time FROM lock_request`,
  'DROP TABLE lock_request',
  'DROP TABLE bundle',
  'ALTER TABLE bundle_new RENAME TO bundle',
  'ALTER TABLE lock_request_new RENAME TO lock_request',
];

/** Those of before, and one for stages that wait for their approvals. */
function requestIndexes(): string[] {
  const eligible = "WHERE state = 'waiting' AND eligible = 1";
  const barred = "WHERE state = 'waiting' AND eligible = 0";
  return [
    "CREATE UNIQUE INDEX lock_request_slot ON lock_request (project, lock, slot) WHERE state = 'inUse'",
    'CREATE UNIQUE INDEX lock_request_token ON lock_request (project, lock, token) WHERE token IS NOT NULL',
    `CREATE INDEX lock_request_front ON lock_request (project, lock, order_time, bundle) ${eligible}`,
    `CREATE INDEX lock_request_turned ON lock_request (project, lock, turn) ${eligible}`,
    `CREATE INDEX lock_request_group ON lock_request (project, lock, definition, branch) ${eligible}`,
    `CREATE INDEX lock_request_barred
      ON lock_request (project, lock, definition, stage, run_queue_time, run) ${barred}`,
    "CREATE INDEX lock_request_line ON lock_request (project, lock, order_time, bundle) WHERE state = 'waiting'",
    "CREATE INDEX lock_request_ended ON lock_request (project, lock, finish_time, bundle) WHERE state = 'ended'",
    "CREATE INDEX lock_request_awaiting ON lock_request (project, lock, definition, branch) WHERE state = 'expected'",
  ];
}

function expected({ int }: Dialect): string[] {
  const key = '(project, resource_type, resource_id, definition, stage, run_queue_time, run)';
  return [
    `ALTER TABLE expected ADD COLUMN awaited_since ${int}`,
    `ALTER TABLE expected ADD COLUMN lapsed ${int} NOT NULL DEFAULT 0 CHECK (lapsed IN (0, 1))`,
    'DROP INDEX expected_ahead',
    `CREATE INDEX expected_ahead ON expected ${key} WHERE lapsed = 0`,
    `CREATE INDEX expected_lapsed ON expected ${key} WHERE lapsed = 1`,
    `CREATE INDEX expected_awaited ON expected (project, resource_type, resource_id)
      WHERE awaited_since IS NOT NULL AND lapsed = 0`,
  ];
}
