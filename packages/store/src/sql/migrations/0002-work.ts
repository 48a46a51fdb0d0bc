import type { Dialect, Migration } from './dialect.ts';

/** Inboxes, journal, effects, runs and their logs. */
export const work: Migration = {
  version: 2,
  breaking: false,
  statements: (d) => [...inbox(d), ...journal(d), ...runs(d), ...runLists(), ...logs(d)],
};

const KINDS = "('run', 'interlocking', 'pool', 'trigger')";

function inbox({ int, text, sequence, heap, clustered, engine }: Dialect): string[] {
  return [
    // The row that a unit of work locks. Nobody but its worker writes it. SQLite's one writer needs none.
    ...(engine === 'sqlite'
      ? []
      : [
          `CREATE TABLE aggregate (
            kind ${text} NOT NULL CHECK (kind IN ${KINDS}), id ${int} NOT NULL,
            version ${int} NOT NULL, last_time ${int} NOT NULL, PRIMARY KEY (kind, id)
          ) ${clustered}`,
        ]),
    // Mail that is due at once has due 0, so that the index gives it in the order in which it was written.
    `CREATE TABLE mail (
      seq ${sequence}, kind ${text} NOT NULL CHECK (kind IN ${KINDS}), target ${int} NOT NULL,
      due ${int} NOT NULL, body ${text} NOT NULL, command ${text}, attempts ${int} NOT NULL, parked ${text}
    ) ${heap}`,
    'CREATE INDEX mail_of ON mail (kind, target, due, seq) WHERE parked IS NULL',
    'CREATE INDEX mail_due ON mail (due, seq) WHERE parked IS NULL',
    'CREATE INDEX mail_parked ON mail (seq) WHERE parked IS NOT NULL',
    `CREATE TABLE command (
      key ${text} PRIMARY KEY, digest ${text} NOT NULL, created_at ${int} NOT NULL, reply ${text}
    ) ${clustered}`,
    'CREATE INDEX command_age ON command (created_at)',
  ];
}

function journal({ int, text, serial, sequence, heap, xid, engine }: Dialect): string[] {
  return [
    `CREATE TABLE journal (
      seq ${sequence}, ${xid} kind ${text} NOT NULL CHECK (kind IN ${KINDS}), id ${int} NOT NULL,
      version ${int} NOT NULL CHECK (version > 0), at ${int} NOT NULL, event ${text} NOT NULL,
      UNIQUE (kind, id, version)
    ) ${heap}`,
    ...(engine === 'postgres' ? ['CREATE INDEX journal_feed ON journal (xid, seq)'] : []),
    `CREATE TABLE effect (
      id ${serial}, key ${text} NOT NULL UNIQUE, due ${int} NOT NULL, attempt ${int} NOT NULL,
      body ${text} NOT NULL, reason ${text}
    ) ${heap}`,
    'CREATE INDEX effect_due ON effect (due, id)',
  ];
}

function runs({ int, text, heap, clustered }: Dialect): string[] {
  return [
    // start_order and finish_order: the time, or the largest number while there is none (RunOrder).
    `CREATE TABLE run (
      id ${int} PRIMARY KEY, project ${int} NOT NULL REFERENCES project (id), definition ${int} NOT NULL,
      number ${text} NOT NULL,
      status ${text} NOT NULL CHECK (status IN ('notStarted', 'inProgress', 'cancelling', 'completed')),
      result ${text} CHECK (result IN ('succeeded', 'partiallySucceeded', 'failed', 'canceled')),
      reason ${text} NOT NULL, branch ${text} NOT NULL, requested_for ${text} NOT NULL,
      queue_time ${int} NOT NULL, start_order ${int} NOT NULL, finish_order ${int} NOT NULL,
      doc ${text} NOT NULL, CHECK ((status = 'completed') = (result IS NOT NULL))
    ) ${heap}`,
    `CREATE TABLE run_plan (
      run ${int} PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE, plan ${text} NOT NULL
    ) ${heap}`,
    `CREATE TABLE run_tag (
      run ${int} NOT NULL REFERENCES run (id) ON DELETE CASCADE, folded ${text} NOT NULL,
      name ${text} NOT NULL, PRIMARY KEY (run, folded)
    ) ${clustered}`,
    'CREATE INDEX run_tag_runs ON run_tag (folded, run)',
    `CREATE TABLE trigger_header (project ${int} PRIMARY KEY, doc ${text} NOT NULL) ${heap}`,
    `CREATE TABLE counter (name ${text} PRIMARY KEY, value ${int} NOT NULL) ${heap}`,
    "INSERT INTO counter (name, value) VALUES ('run', 0)",
    `CREATE TABLE revision (
      definition ${int} NOT NULL, key ${text} NOT NULL, value ${int} NOT NULL, PRIMARY KEY (definition, key)
    ) ${clustered}`,
  ];
}

/** Every filter that a list of runs may have is the front of an index that ends in its order. */
function runLists(): string[] {
  const orders = ['queue_time', 'start_order', 'finish_order'];
  return [
    ...orders.flatMap((order) => [
      `CREATE INDEX run_project_${order} ON run (project, ${order}, id)`,
      `CREATE INDEX run_definition_${order} ON run (project, definition, ${order}, id)`,
    ]),
    // "The oldest unfinished run of a definition" reads one entry of this, however many have finished.
    "CREATE INDEX run_open_definition ON run (project, definition, queue_time, id) WHERE status <> 'completed'",
    "CREATE INDEX run_open_project ON run (project, queue_time, id) WHERE status <> 'completed'",
    'CREATE INDEX run_result ON run (project, result, queue_time, id)',
    'CREATE INDEX run_reason ON run (project, reason, queue_time, id)',
    'CREATE INDEX run_branch ON run (project, branch, queue_time, id)',
    'CREATE INDEX run_requested_for ON run (project, requested_for, queue_time, id)',
    'CREATE INDEX run_number ON run (project, number, queue_time, id)',
  ];
}

function logs({ int, text, clustered }: Dialect): string[] {
  return [
    `CREATE TABLE log (
      run ${int} NOT NULL REFERENCES run (id) ON DELETE CASCADE, log ${int} NOT NULL,
      line_count ${int} NOT NULL, created_at ${int} NOT NULL, changed_at ${int} NOT NULL,
      PRIMARY KEY (run, log)
    ) ${clustered}`,
    `CREATE TABLE log_chunk (
      run ${int} NOT NULL, log ${int} NOT NULL, first_line ${int} NOT NULL, line_count ${int} NOT NULL,
      lines ${text} NOT NULL, PRIMARY KEY (run, log, first_line),
      FOREIGN KEY (run, log) REFERENCES log (run, log) ON DELETE CASCADE
    ) ${clustered}`,
  ];
}
