import type { Migration } from './dialect.ts';

/** Pipelines that were deleted, with all that stood beside them, for as long as they can be restored. */
export const removedDefinitions: Migration = {
  version: 24,
  breaking: false,
  statements: ({ int, text, heap }) => [
    `CREATE TABLE removed_definition (
      id ${int} PRIMARY KEY, project ${int} NOT NULL REFERENCES project (id), at ${int} NOT NULL,
      doc ${text} NOT NULL
    ) ${heap}`,
    'CREATE INDEX removed_definition_at ON removed_definition (at)',
  ],
};
