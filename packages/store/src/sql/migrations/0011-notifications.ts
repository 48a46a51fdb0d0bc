import type { Migration } from './dialect.ts';

/** Who is told of what, and what became of it. The cursor of the journal is a setting. */
export const notifications: Migration = {
  version: 11,
  breaking: false,
  statements: ({ int, text, serial, heap }) => [
    `CREATE TABLE subscription (
      id ${serial}, guid ${text} NOT NULL UNIQUE, project ${int} NOT NULL REFERENCES project (id),
      settings ${text} NOT NULL, state ${text} NOT NULL CHECK (state IN ('enabled', 'disabled', 'disabledBySystem')),
      reason ${text}, version ${int} NOT NULL, created_by ${text} NOT NULL, created_at ${int} NOT NULL,
      modified_by ${text} NOT NULL, modified_at ${int} NOT NULL, active_from ${int} NOT NULL,
      failing_since ${int}, omitted ${int} NOT NULL
    ) ${heap}`,
    'CREATE INDEX subscription_of_project ON subscription (project, id)',
    `CREATE TABLE delivery (
      id ${serial}, guid ${text} NOT NULL, subscription ${int} NOT NULL REFERENCES subscription (id) ON DELETE CASCADE,
      event ${text} NOT NULL, body ${text} NOT NULL,
      state ${text} NOT NULL CHECK (state IN ('waiting', 'sending', 'delivered', 'failed')),
      attempts ${int} NOT NULL, due ${int} NOT NULL, since ${int} NOT NULL, created_at ${int} NOT NULL,
      ended_at ${int}, result ${text}, UNIQUE (subscription, guid),
      CHECK ((ended_at IS NULL) = (state IN ('waiting', 'sending')))
    ) ${heap}`,
    'CREATE INDEX delivery_newest ON delivery (subscription, id)',
    'CREATE INDEX delivery_due ON delivery (due, id) WHERE ended_at IS NULL',
    'CREATE INDEX delivery_next ON delivery (subscription, due, id) WHERE ended_at IS NULL',
    'CREATE INDEX delivery_ended ON delivery (ended_at) WHERE ended_at IS NOT NULL',
  ],
};
