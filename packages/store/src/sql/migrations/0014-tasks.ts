import type { Migration } from './dialect.ts';

/** Task packages and secure files: what is known of them; their contents lie in the blob store. */
export const tasks: Migration = {
  version: 14,
  breaking: false,
  statements: ({ int, text, serial, heap }) => [
    `CREATE TABLE task_package (
      id ${serial}, task ${text} NOT NULL, version ${text} NOT NULL, folded ${text} NOT NULL,
      manifest ${text} NOT NULL, sha256 ${text} NOT NULL CHECK (length(sha256) = 64), size ${int} NOT NULL,
      installed_by ${text} NOT NULL, installed_at ${int} NOT NULL, UNIQUE (task, version)
    ) ${heap}`,
    `CREATE TABLE secure_file (
      id ${serial}, guid ${text} NOT NULL UNIQUE, project ${int} NOT NULL REFERENCES project (id),
      name ${text} NOT NULL, folded ${text} NOT NULL, sha256 ${text} NOT NULL CHECK (length(sha256) = 64),
      size ${int} NOT NULL, created_by ${text} NOT NULL, created_at ${int} NOT NULL, UNIQUE (project, folded)
    ) ${heap}`,
  ],
};
