import type { Migration } from './dialect.ts';

/**
 * What each pipeline last deployed behind each lock, for the guard against stale commits (LOCK-67). Breaking: a
 * replica of the version before would take the question to git for something else and throw it away.
 */
export const deployed: Migration = {
  version: 9,
  breaking: true,
  statements: ({ int, text, clustered }) => [
    `CREATE TABLE deployed (
      project ${int} NOT NULL, lock ${int} NOT NULL, definition ${int} NOT NULL, doc ${text} NOT NULL,
      PRIMARY KEY (project, lock, definition), FOREIGN KEY (project, lock) REFERENCES resource_lock (project, id)
    ) ${clustered}`,
  ],
};
