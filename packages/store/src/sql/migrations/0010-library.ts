import type { Migration } from './dialect.ts';

/**
 * Service connections and variable groups, whose secrets come sealed, and which pipelines may use which resource: a
 * row with the definition 0 is there as soon as somebody said something, and says whether all of them may.
 */
export const library: Migration = {
  version: 10,
  breaking: false,
  statements: ({ int, text, serial, heap, clustered }) => [
    `CREATE TABLE service_connection (
      id ${serial}, guid ${text} NOT NULL UNIQUE, project ${int} NOT NULL REFERENCES project (id),
      name ${text} NOT NULL, folded ${text} NOT NULL, description ${text} NOT NULL, url ${text} NOT NULL,
      scheme ${text} NOT NULL CHECK (scheme IN ('None', 'UsernamePassword', 'Token')),
      username ${text} NOT NULL, secret ${text} NOT NULL, created_by ${text} NOT NULL,
      created_at ${int} NOT NULL, updated_at ${int} NOT NULL, UNIQUE (project, folded)
    ) ${heap}`,
    `CREATE TABLE variable_group (
      id ${serial}, project ${int} NOT NULL REFERENCES project (id), name ${text} NOT NULL,
      folded ${text} NOT NULL, description ${text} NOT NULL, variables ${text} NOT NULL,
      created_by ${text} NOT NULL, created_at ${int} NOT NULL, modified_by ${text} NOT NULL,
      modified_at ${int} NOT NULL, UNIQUE (project, folded)
    ) ${heap}`,
    `CREATE TABLE pipeline_permission (
      project ${int} NOT NULL REFERENCES project (id), resource_type ${text} NOT NULL,
      resource_id ${text} NOT NULL, definition ${int} NOT NULL,
      authorized ${int} NOT NULL CHECK (authorized IN (0, 1)), by_whom ${text} NOT NULL, at ${int} NOT NULL,
      PRIMARY KEY (project, resource_type, resource_id, definition)
    ) ${clustered}`,
  ],
};
