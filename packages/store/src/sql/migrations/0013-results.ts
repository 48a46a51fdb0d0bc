import type { Migration } from './dialect.ts';

/** What steps leave behind beside their logs: attachments, results of tests, coverage. */
export const results: Migration = {
  version: 13,
  breaking: false,
  statements: ({ int, text, serial, heap, clustered }) => [
    `CREATE TABLE attachment (
      id ${serial}, run ${int} NOT NULL REFERENCES run (id) ON DELETE CASCADE, record ${text} NOT NULL,
      type ${text} NOT NULL, name ${text} NOT NULL, sha256 ${text} NOT NULL, size ${int} NOT NULL,
      created_at ${int} NOT NULL, UNIQUE (run, record, type, name)
    ) ${heap}`,
    `CREATE TABLE test_run (
      id ${serial}, run ${int} NOT NULL REFERENCES run (id) ON DELETE CASCADE, key ${text} NOT NULL,
      title ${text} NOT NULL, format ${text} NOT NULL, created_at ${int} NOT NULL, UNIQUE (run, key)
    ) ${heap}`,
    `CREATE TABLE test_result (
      test_run ${int} NOT NULL REFERENCES test_run (id) ON DELETE CASCADE, number ${int} NOT NULL,
      name ${text} NOT NULL, storage ${text} NOT NULL,
      outcome ${text} NOT NULL CHECK (outcome IN ('passed', 'failed', 'notExecuted')),
      duration_ms ${int} NOT NULL, message ${text} NOT NULL, stack ${text} NOT NULL, PRIMARY KEY (test_run, number)
    ) ${clustered}`,
    `CREATE TABLE coverage (
      run ${int} NOT NULL REFERENCES run (id) ON DELETE CASCADE, key ${text} NOT NULL, label ${text} NOT NULL,
      covered ${int} NOT NULL, total ${int} NOT NULL, PRIMARY KEY (run, key, label)
    ) ${clustered}`,
  ],
};
