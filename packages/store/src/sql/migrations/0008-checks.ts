import type { Migration } from './dialect.ts';

/** The checks of resources, and the approvals that runs have asked for. */
export const checks: Migration = {
  version: 8,
  breaking: false,
  statements: ({ int, text, serial, heap, clustered }) => [
    `CREATE TABLE check_configuration (
      id ${serial}, project ${int} NOT NULL REFERENCES project (id), resource_type ${text} NOT NULL,
      resource_id ${text} NOT NULL, resource_name ${text} NOT NULL, settings ${text} NOT NULL,
      timeout ${int} NOT NULL CHECK (timeout > 0), enabled ${int} NOT NULL CHECK (enabled IN (0, 1)),
      version ${int} NOT NULL, created_by ${text} NOT NULL, created_at ${int} NOT NULL,
      modified_by ${text} NOT NULL, modified_at ${int} NOT NULL
    ) ${heap}`,
    'CREATE INDEX check_of_resource ON check_configuration (project, resource_type, resource_id, id)',
    `CREATE TABLE approval (
      run ${int} NOT NULL REFERENCES run (id), folded ${text} NOT NULL, attempt ${int} NOT NULL,
      number ${int} NOT NULL, project ${int} NOT NULL, stage ${text} NOT NULL,
      status ${text} NOT NULL CHECK (status IN ('running', 'approved', 'rejected', 'timedOut', 'canceled')),
      created_at ${int} NOT NULL, PRIMARY KEY (run, folded, attempt, number)
    ) ${clustered}`,
    'CREATE INDEX approval_newest ON approval (project, status, created_at, run, number)',
  ],
};
