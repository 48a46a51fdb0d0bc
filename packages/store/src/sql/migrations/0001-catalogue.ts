import type { Dialect, Migration } from './dialect.ts';

/** Projects, definitions, pools, environments, access, settings. Folded columns hold what `fold` made. */
export const catalogue: Migration = {
  version: 1,
  breaking: false,
  statements: (d) => [...projects(d), ...pools(d), ...environments(d), ...access(d)],
};

function projects({ int, text, serial, heap }: Dialect): string[] {
  return [
    `CREATE TABLE project (
      id ${serial}, guid ${text} NOT NULL UNIQUE, name ${text} NOT NULL, folded ${text} NOT NULL UNIQUE,
      description ${text} NOT NULL, state ${text} NOT NULL CHECK (state IN ('wellFormed', 'deleting')),
      revision ${int} NOT NULL, created_at ${int} NOT NULL, updated_at ${int} NOT NULL
    ) ${heap}`,
    `CREATE TABLE definition (
      id ${serial}, project ${int} NOT NULL REFERENCES project (id), name ${text} NOT NULL,
      folded ${text} NOT NULL, path ${text} NOT NULL, folded_path ${text} NOT NULL,
      repository ${text} NOT NULL, yaml_filename ${text} NOT NULL, variables ${text} NOT NULL,
      queue_status ${text} NOT NULL CHECK (queue_status IN ('enabled', 'paused', 'disabled')),
      default_pool ${int}, revision ${int} NOT NULL, created_at ${int} NOT NULL, updated_at ${int} NOT NULL,
      extra ${text} NOT NULL, UNIQUE (project, folded_path, folded)
    ) ${heap}`,
    `CREATE TABLE setting (key ${text} PRIMARY KEY, value ${text} NOT NULL) ${heap}`,
  ];
}

function pools({ int, text, serial, heap }: Dialect): string[] {
  return [
    `CREATE TABLE pool (
      id ${serial}, name ${text} NOT NULL, folded ${text} NOT NULL UNIQUE, created_at ${int} NOT NULL
    ) ${heap}`,
    `CREATE TABLE queue (
      id ${serial}, project ${int} NOT NULL REFERENCES project (id), pool ${int} NOT NULL REFERENCES pool (id),
      UNIQUE (project, pool)
    ) ${heap}`,
  ];
}

function environments({ int, text, serial, heap }: Dialect): string[] {
  return [
    `CREATE TABLE environment (
      id ${serial}, project ${int} NOT NULL REFERENCES project (id), name ${text} NOT NULL,
      folded ${text} NOT NULL, description ${text} NOT NULL, created_by ${text} NOT NULL,
      created_at ${int} NOT NULL, updated_at ${int} NOT NULL, UNIQUE (project, folded)
    ) ${heap}`,
    `CREATE TABLE deployment (
      id ${serial}, key ${text} NOT NULL UNIQUE,
      environment ${int} NOT NULL REFERENCES environment (id) ON DELETE CASCADE,
      run ${int} NOT NULL, stage ${text} NOT NULL, stage_attempt ${int} NOT NULL, job ${text} NOT NULL,
      queue_time ${int} NOT NULL, start_time ${int}, finish_time ${int} NOT NULL, result ${text} NOT NULL
    ) ${heap}`,
    'CREATE INDEX deployment_latest ON deployment (environment, id)',
  ];
}

function access({ int, text, serial, heap }: Dialect): string[] {
  return [
    `CREATE TABLE token (
      id ${serial}, hash ${text} NOT NULL UNIQUE CHECK (length(hash) = 64), name ${text} NOT NULL,
      scope ${text} NOT NULL, project ${int} REFERENCES project (id), pool ${int} REFERENCES pool (id),
      created_at ${int} NOT NULL, expires_at ${int}, last_used_at ${int}, revoked_at ${int}
    ) ${heap}`,
    ...['session', 'sign_in_code'].map(
      (table) => `CREATE TABLE ${table} (
        hash ${text} PRIMARY KEY CHECK (length(hash) = 64), token ${int} NOT NULL REFERENCES token (id),
        created_at ${int} NOT NULL, expires_at ${int} NOT NULL
      ) ${heap}`,
    ),
    'CREATE INDEX session_expires ON session (expires_at)',
    'CREATE INDEX sign_in_code_expires ON sign_in_code (expires_at)',
  ];
}
