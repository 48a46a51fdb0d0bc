import type { Migration } from './dialect.ts';

/** Users, groups and the roles that they have; a token belongs to a user. */
export const identities: Migration = {
  version: 19,
  breaking: false,
  statements: ({ int, text, serial, heap, clustered }) => [
    `CREATE TABLE account (
      id ${serial}, folded ${text} NOT NULL UNIQUE, name ${text} NOT NULL, display_name ${text} NOT NULL,
      mail ${text} NOT NULL, kind ${text} NOT NULL CHECK (kind IN ('person', 'service')), active ${int} NOT NULL,
      issuer ${text}, subject ${text}, created_at ${int} NOT NULL, UNIQUE (issuer, subject)
    ) ${heap}`,
    `CREATE TABLE account_group (
      folded ${text} PRIMARY KEY, name ${text} NOT NULL, description ${text} NOT NULL, created_at ${int} NOT NULL
    ) ${clustered}`,
    // Whoever is named need not be known yet: a person is put into a group before he signs in.
    `CREATE TABLE account_group_member (
      group_folded ${text} NOT NULL REFERENCES account_group (folded) ON DELETE CASCADE,
      kind ${text} NOT NULL CHECK (kind IN ('user', 'group')), folded ${text} NOT NULL, name ${text} NOT NULL,
      PRIMARY KEY (group_folded, kind, folded)
    ) ${clustered}`,
    'CREATE INDEX account_group_member_of ON account_group_member (kind, folded)',
    // Project 0 is the organisation; an empty type is the place itself.
    `CREATE TABLE role_assignment (
      id ${serial}, project ${int} NOT NULL, type ${text} NOT NULL, resource ${text} NOT NULL,
      kind ${text} NOT NULL CHECK (kind IN ('user', 'group')), folded ${text} NOT NULL, name ${text} NOT NULL,
      role ${text} NOT NULL, UNIQUE (project, type, resource, kind, folded, role)
    ) ${heap}`,
    'CREATE INDEX role_assignment_of ON role_assignment (kind, folded)',
    `ALTER TABLE token ADD COLUMN account ${int} REFERENCES account (id)`,
  ],
};
