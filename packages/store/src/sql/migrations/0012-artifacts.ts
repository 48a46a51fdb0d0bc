import type { Migration } from './dialect.ts';

/**
 * Which contents of the blob store are in use and by whom; the artifacts of runs, the files of their containers, and
 * the caches of pipelines.
 */
export const artifacts: Migration = {
  version: 12,
  breaking: false,
  statements: ({ int, text, serial, heap, clustered }) => [
    `CREATE TABLE blob_use (
      owner ${text} NOT NULL, sha256 ${text} NOT NULL CHECK (length(sha256) = 64), project ${int} NOT NULL,
      at ${int} NOT NULL, PRIMARY KEY (owner, sha256)
    ) ${clustered}`,
    'CREATE INDEX blob_use_content ON blob_use (sha256, project)',
    `CREATE TABLE artifact (
      id ${serial}, project ${int} NOT NULL, run ${int} NOT NULL REFERENCES run (id) ON DELETE CASCADE,
      name ${text} NOT NULL, folded ${text} NOT NULL, type ${text} NOT NULL, data ${text} NOT NULL,
      properties ${text} NOT NULL, manifest ${text}, files ${int} NOT NULL, bytes ${int} NOT NULL,
      source ${text} NOT NULL, key ${text} NOT NULL UNIQUE, created_at ${int} NOT NULL, UNIQUE (run, folded)
    ) ${heap}`,
    `CREATE TABLE container_part (
      id ${serial}, run ${int} NOT NULL REFERENCES run (id) ON DELETE CASCADE, folder ${text} NOT NULL,
      folded ${text} NOT NULL, manifest ${text} NOT NULL, files ${int} NOT NULL, bytes ${int} NOT NULL,
      key ${text} NOT NULL UNIQUE
    ) ${heap}`,
    'CREATE INDEX container_part_folder ON container_part (run, folded, id)',
    `CREATE TABLE cache_entry (
      id ${serial}, project ${int} NOT NULL, definition ${int} NOT NULL, scope ${text} NOT NULL,
      key ${text} NOT NULL, manifest ${text} NOT NULL, files ${int} NOT NULL, bytes ${int} NOT NULL,
      created_at ${int} NOT NULL, used_at ${int} NOT NULL, UNIQUE (definition, scope, key)
    ) ${heap}`,
    'CREATE INDEX cache_entry_used ON cache_entry (project, used_at)',
  ],
};
