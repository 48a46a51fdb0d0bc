import type { Migration } from './dialect.ts';

/** One row, locked by whoever decides about the parallel jobs of all pools. */
export const pools: Migration = {
  version: 17,
  breaking: false,
  statements: ({ int, heap }) => [
    `CREATE TABLE slot_gate (taken ${int} NOT NULL) ${heap}`,
    'INSERT INTO slot_gate (taken) VALUES (0)',
  ],
};
