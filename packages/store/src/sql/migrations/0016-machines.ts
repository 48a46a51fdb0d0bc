import type { Migration } from './dialect.ts';

/** The machines of environments, and which of them a line of the history is about. */
export const machines: Migration = {
  version: 16,
  breaking: false,
  statements: ({ int, text, serial, heap }) => [
    `CREATE TABLE machine (
      id ${serial}, environment ${int} NOT NULL REFERENCES environment (id) ON DELETE CASCADE,
      name ${text} NOT NULL, folded ${text} NOT NULL, tags ${text} NOT NULL,
      pool ${int} NOT NULL REFERENCES pool (id), created_at ${int} NOT NULL, updated_at ${int} NOT NULL,
      UNIQUE (environment, folded)
    ) ${heap}`,
    `ALTER TABLE deployment ADD COLUMN resource ${int}`,
  ],
};
