import type { Migration } from './dialect.ts';

/** The tokens of one user, among those of all jobs. */
export const tokensOfUsers: Migration = {
  version: 23,
  breaking: false,
  statements: () => ['CREATE INDEX token_account ON token (account) WHERE account IS NOT NULL'],
};
