import type { Dialect, Migration } from './dialect.ts';

/** The interlocking of each project, and the pools. */
export const queues: Migration = {
  version: 3,
  breaking: false,
  statements: (d) => [...locks(d), ...requests(d), ...requestIndexes(), ...expected(d), ...pools(d)],
};

const STATUSES = "('queued', 'waitingOnChecks', 'inUse', 'finished', 'timedOut', 'canceled', 'abandoned')";

function locks({ int, text, heap, clustered }: Dialect): string[] {
  return [
    `CREATE TABLE interlocking (project ${int} PRIMARY KEY, doc ${text} NOT NULL) ${heap}`,
    `CREATE TABLE resource_lock (
      project ${int} NOT NULL, id ${int} NOT NULL, resource_type ${text} NOT NULL, resource_id ${text} NOT NULL,
      last_token ${int} NOT NULL, doc ${text} NOT NULL, PRIMARY KEY (project, id),
      UNIQUE (project, resource_type, resource_id)
    ) ${clustered}`,
    `CREATE TABLE bundle (
      project ${int} NOT NULL, id ${int} NOT NULL, run ${int} NOT NULL, stage ${text} NOT NULL,
      attempt ${int} NOT NULL, status ${text} NOT NULL CHECK (status IN ${STATUSES}), doc ${text} NOT NULL,
      PRIMARY KEY (project, id), UNIQUE (project, run, stage, attempt)
    ) ${clustered}`,
  ];
}

function requests({ int, text, clustered }: Dialect): string[] {
  return [
    `CREATE TABLE lock_request (
      project ${int} NOT NULL, lock ${int} NOT NULL, bundle ${int} NOT NULL,
      state ${text} NOT NULL CHECK (state IN ('waiting', 'inUse', 'ended')),
      eligible ${int} NOT NULL CHECK (eligible IN (0, 1)), turn ${int} NOT NULL, order_time ${int} NOT NULL,
      definition ${int} NOT NULL, branch ${text} NOT NULL, stage ${text} NOT NULL,
      run_queue_time ${int} NOT NULL, run ${int} NOT NULL, slot ${int} CHECK (slot > 0), token ${int},
      finish_time ${int}, PRIMARY KEY (project, lock, bundle),
      FOREIGN KEY (project, lock) REFERENCES resource_lock (project, id),
      FOREIGN KEY (project, bundle) REFERENCES bundle (project, id),
      CHECK (state <> 'inUse' OR (slot IS NOT NULL AND token IS NOT NULL))
    ) ${clustered}`,
  ];
}

/** One index per need of a decision, each covering only the requests that the need is about. */
function requestIndexes(): string[] {
  const eligible = "WHERE state = 'waiting' AND eligible = 1";
  const barred = "WHERE state = 'waiting' AND eligible = 0";
  return [
    // Nobody holds a slot that somebody holds, whatever the capacity (INV-01).
    "CREATE UNIQUE INDEX lock_request_slot ON lock_request (project, lock, slot) WHERE state = 'inUse'",
    // No token twice, over restarts and for ever (INV-02).
    'CREATE UNIQUE INDEX lock_request_token ON lock_request (project, lock, token) WHERE token IS NOT NULL',
    `CREATE INDEX lock_request_front ON lock_request (project, lock, order_time, bundle) ${eligible}`,
    `CREATE INDEX lock_request_turned ON lock_request (project, lock, turn) ${eligible}`,
    `CREATE INDEX lock_request_group ON lock_request (project, lock, definition, branch) ${eligible}`,
    `CREATE INDEX lock_request_barred
      ON lock_request (project, lock, definition, stage, run_queue_time, run) ${barred}`,
    "CREATE INDEX lock_request_line ON lock_request (project, lock, order_time, bundle) WHERE state = 'waiting'",
    "CREATE INDEX lock_request_ended ON lock_request (project, lock, finish_time, bundle) WHERE state = 'ended'",
  ];
}

function expected({ int, text, clustered }: Dialect): string[] {
  return [
    `CREATE TABLE expected (
      project ${int} NOT NULL, run ${int} NOT NULL, stage ${text} NOT NULL, resource_type ${text} NOT NULL,
      resource_id ${text} NOT NULL, definition ${int} NOT NULL, run_queue_time ${int} NOT NULL,
      branch ${text} NOT NULL, PRIMARY KEY (project, run, stage, resource_type, resource_id)
    ) ${clustered}`,
    `CREATE INDEX expected_ahead
      ON expected (project, resource_type, resource_id, definition, stage, run_queue_time, run)`,
    'CREATE INDEX expected_list ON expected (project, resource_type, resource_id, run_queue_time, run, stage)',
  ];
}

function pools({ int, text, heap, clustered }: Dialect): string[] {
  return [
    `CREATE TABLE pool_header (pool ${int} PRIMARY KEY, doc ${text} NOT NULL) ${heap}`,
    `CREATE TABLE agent (
      pool ${int} NOT NULL, id ${int} NOT NULL, name ${text} NOT NULL, doc ${text} NOT NULL,
      PRIMARY KEY (pool, id), UNIQUE (pool, name)
    ) ${clustered}`,
    `CREATE TABLE job_request (
      pool ${int} NOT NULL, id ${int} NOT NULL, run ${int} NOT NULL, instance ${text} NOT NULL,
      demand_key ${text} NOT NULL, ready_at ${int} NOT NULL,
      phase ${text} NOT NULL CHECK (phase IN ('waiting', 'assigned', 'quarantined', 'finished')),
      agent ${int}, lease ${int}, doc ${text} NOT NULL, PRIMARY KEY (pool, id), UNIQUE (pool, run, instance),
      CHECK (phase <> 'assigned' OR (agent IS NOT NULL AND lease IS NOT NULL))
    ) ${clustered}`,
    // One job per agent (INV-50).
    "CREATE UNIQUE INDEX job_request_agent ON job_request (pool, agent) WHERE phase = 'assigned'",
    `CREATE INDEX job_request_front ON job_request (pool, demand_key, ready_at, run, id)
      WHERE phase = 'waiting'`,
    "CREATE INDEX job_request_run ON job_request (run) WHERE phase = 'waiting'",
    "CREATE INDEX job_request_open ON job_request (pool, ready_at, run, id) WHERE phase <> 'finished'",
  ];
}
