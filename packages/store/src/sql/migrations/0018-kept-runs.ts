import type { Dialect, Migration } from './dialect.ts';

/**
 * What keeps runs and which are gone; and what stands beside runs and pipelines: properties, tags, folders, and the
 * pipelines as they were.
 */
export const keptRuns: Migration = {
  version: 18,
  breaking: false,
  statements: (d) => [...runs(d), ...beside(d)],
};

function runs({ int, text, serial, heap }: Dialect): string[] {
  return [
    `CREATE TABLE run_lease (
      id ${serial}, project ${int} NOT NULL, run ${int} NOT NULL REFERENCES run (id) ON DELETE CASCADE,
      definition ${int} NOT NULL, owner ${text} NOT NULL, created_at ${int} NOT NULL,
      valid_until ${int} NOT NULL, protect_pipeline ${int} NOT NULL
    ) ${heap}`,
    'CREATE INDEX run_lease_of ON run_lease (run, valid_until)',
    'CREATE INDEX run_lease_definition ON run_lease (project, definition, id)',
    // The row of the run stays: histories and journals name it.
    `CREATE TABLE run_removal (
      run ${int} PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE, at ${int} NOT NULL, by_whom ${text} NOT NULL
    ) ${heap}`,
  ];
}

function beside({ int, text, heap, clustered }: Dialect): string[] {
  return [
    `CREATE TABLE property (
      kind ${text} NOT NULL CHECK (kind IN ('run', 'definition')), id ${int} NOT NULL, folded ${text} NOT NULL,
      name ${text} NOT NULL, value ${text} NOT NULL, PRIMARY KEY (kind, id, folded)
    ) ${clustered}`,
    `CREATE TABLE definition_tag (
      definition ${int} NOT NULL REFERENCES definition (id) ON DELETE CASCADE, folded ${text} NOT NULL,
      name ${text} NOT NULL, PRIMARY KEY (definition, folded)
    ) ${clustered}`,
    `CREATE TABLE definition_revision (
      definition ${int} NOT NULL REFERENCES definition (id) ON DELETE CASCADE, revision ${int} NOT NULL,
      by_whom ${text} NOT NULL, doc ${text} NOT NULL, PRIMARY KEY (definition, revision)
    ) ${clustered}`,
    `CREATE TABLE definition_folder (
      project ${int} NOT NULL REFERENCES project (id), folded ${text} NOT NULL, path ${text} NOT NULL,
      description ${text} NOT NULL, created_by ${text} NOT NULL, created_at ${int} NOT NULL,
      modified_by ${text} NOT NULL, modified_at ${int} NOT NULL, PRIMARY KEY (project, folded)
    ) ${heap}`,
  ];
}
