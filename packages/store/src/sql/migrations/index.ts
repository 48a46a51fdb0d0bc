import type { Migration } from './dialect.ts';
import { catalogue } from './0001-catalogue.ts';
import { work } from './0002-work.ts';
import { queues } from './0003-queues.ts';
import { causes } from './0004-causes.ts';
import { awaited } from './0005-awaited.ts';
import { counters } from './0006-counters.ts';
import { forecasts } from './0007-forecasts.ts';
import { checks } from './0008-checks.ts';
import { deployed } from './0009-deployed.ts';
import { library } from './0010-library.ts';
import { notifications } from './0011-notifications.ts';
import { artifacts } from './0012-artifacts.ts';
import { results } from './0013-results.ts';
import { tasks } from './0014-tasks.ts';
import { triggers } from './0015-triggers.ts';
import { machines } from './0016-machines.ts';
import { pools } from './0017-pools.ts';
import { keptRuns } from './0018-kept-runs.ts';
import { identities } from './0019-identities.ts';
import { tokensOfUsers } from './0023-tokens-of-users.ts';
import { removedDefinitions } from './0024-removed-definitions.ts';
import { runLists } from './0025-run-lists.ts';

/** All migrations in order; a released one never changes. */
export const MIGRATIONS: readonly Migration[] = [
  catalogue,
  work,
  queues,
  causes,
  awaited,
  counters,
  forecasts,
  checks,
  deployed,
  library,
  notifications,
  artifacts,
  results,
  tasks,
  triggers,
  machines,
  pools,
  keptRuns,
  identities,
  tokensOfUsers,
  removedDefinitions,
  runLists,
];

/** The version of the schema that this code works on. */
export const SCHEMA_VERSION: number = Math.max(...MIGRATIONS.map(({ version }) => version));
