import type { Migration } from './dialect.ts';

/** What was seen of repositories, what it may start, and the schedules of branches. */
export const triggers: Migration = {
  version: 15,
  breaking: false,
  statements: ({ int, text, serial, heap }) => [
    `CREATE TABLE watched_repository (
      project ${int} NOT NULL REFERENCES project (id), place ${text} NOT NULL, version ${int} NOT NULL,
      refs ${text} NOT NULL, definitions ${text} NOT NULL, PRIMARY KEY (project, place)
    ) ${heap}`,
    `CREATE TABLE occasion (
      id ${serial}, project ${int} NOT NULL REFERENCES project (id), definition ${int} NOT NULL, key ${text} NOT NULL,
      lane ${text} NOT NULL, body ${text} NOT NULL, attempts ${int} NOT NULL, created_at ${int} NOT NULL,
      due ${int} NOT NULL, ended_at ${int}, outcome ${text}, UNIQUE (definition, key),
      CHECK ((ended_at IS NULL) = (outcome IS NULL))
    ) ${heap}`,
    'CREATE INDEX occasion_due ON occasion (due, id) WHERE ended_at IS NULL',
    'CREATE INDEX occasion_lane ON occasion (definition, lane, id) WHERE ended_at IS NULL',
    'CREATE INDEX occasion_newest ON occasion (project, definition, id)',
    'CREATE INDEX occasion_ended ON occasion (ended_at) WHERE ended_at IS NOT NULL',
    `CREATE TABLE schedule (
      id ${serial}, project ${int} NOT NULL REFERENCES project (id), definition ${int} NOT NULL,
      branch ${text} NOT NULL, plan ${text} NOT NULL, due ${int}
    ) ${heap}`,
    'CREATE INDEX schedule_due ON schedule (due) WHERE due IS NOT NULL',
    'CREATE INDEX schedule_of_branch ON schedule (definition, branch, id)',
  ],
};
