import type { Migration } from './dialect.ts';

/** The counters of `counter(prefix, seed)`, one for each definition and prefix (EXPR-50). */
export const counters: Migration = {
  version: 6,
  breaking: false,
  statements: ({ int, text, clustered }) => [
    `CREATE TABLE run_counter (
      definition ${int} NOT NULL, prefix ${text} NOT NULL, value ${int} NOT NULL, PRIMARY KEY (definition, prefix)
    ) ${clustered}`,
  ],
};
