import type { Migration } from './dialect.ts';

/** The first forecast of each request, to be compared with what then happened; and past holds stage by stage. */
export const forecasts: Migration = {
  version: 7,
  breaking: false,
  statements: ({ int, clustered }) => [
    `CREATE TABLE forecast (
      project ${int} NOT NULL, lock ${int} NOT NULL, bundle ${int} NOT NULL, at ${int} NOT NULL,
      p50 ${int} NOT NULL, p90 ${int} NOT NULL, PRIMARY KEY (project, lock, bundle),
      FOREIGN KEY (project, bundle) REFERENCES bundle (project, id)
    ) ${clustered}`,
    `CREATE INDEX lock_request_past ON lock_request (project, definition, stage, finish_time, bundle)
      WHERE state = 'ended' AND token IS NOT NULL`,
  ],
};
