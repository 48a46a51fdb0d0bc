import type { Migration } from './dialect.ts';

/** The message behind a decision of the locks, beside the first fact that it led to: what an audit decides again. */
export const causes: Migration = {
  version: 4,
  breaking: false,
  statements: ({ text }) => [`ALTER TABLE journal ADD COLUMN cause ${text}`],
};
