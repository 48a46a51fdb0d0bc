import type { Machines } from './machines.ts';
import type { Instant } from '@signalbox/model';
import type { Artifacts } from './artifacts.ts';
import type { Blobs } from './blobs.ts';
import type { Caches } from './caches.ts';
import type { Definitions, Environments, Pools, Projects, Sessions, Settings, Tokens } from './catalogue.ts';
import type { Approvals, Checks } from './checks.ts';
import type { Effects } from './effects.ts';
import type { Engine } from './engine.ts';
import type { Folders } from './folders.ts';
import type { Forecasts } from './forecasts.ts';
import type { Groups, Roles, Users } from './identities.ts';
import type { Inbox, WorkOptions, WorkReport } from './inbox.ts';
import type { Journal } from './journal.ts';
import type { Connections, VariableGroups } from './library.ts';
import type { Logs } from './logs.ts';
import type { Permissions } from './permissions.ts';
import type { Deliveries, Subscriptions } from './notifications.ts';
import type { Properties } from './properties.ts';
import type { Locks, PoolWork } from './queues.ts';
import type { RunResults } from './results.ts';
import type { RunLeases } from './run-leases.ts';
import type { Runs } from './runs.ts';
import type { Triggers } from './triggers.ts';
import type { SecureFiles, TaskPackages } from './tasks.ts';
import type { Texts } from './texts.ts';

/** Whether the store can serve. */
export interface Health {
  readonly engine: 'memory' | 'sqlite' | 'postgres';
  readonly writable: boolean;
  readonly schemaVersion: number;
  /** Why not, when it is not writable. */
  readonly problem?: string;
}

/** What every store is opened with. */
export interface StoreOptions {
  readonly engine: Engine;
  /**
   * The clock of decisions. Default: this machine's for memory and SQLite, the database's for PostgreSQL,
   * so that replicas agree. Decisions never see it go back: `now = max(clock, last time in the journal)`.
   */
  readonly clock?: () => Instant;
}

/** What lasts. One port; memory, SQLite and PostgreSQL behave alike, and one suite proves it. */
export interface Store {
  readonly inbox: Inbox;
  readonly effects: Effects;
  readonly journal: Journal;
  readonly logs: Logs;
  readonly projects: Projects;
  readonly definitions: Definitions;
  readonly pools: Pools;
  readonly environments: Environments;
  readonly machines: Machines;
  readonly connections: Connections;
  readonly variableGroups: VariableGroups;
  readonly permissions: Permissions;
  readonly checks: Checks;
  readonly approvals: Approvals;
  readonly tokens: Tokens;
  readonly sessions: Sessions;
  readonly users: Users;
  readonly groups: Groups;
  readonly roles: Roles;
  readonly settings: Settings;
  readonly runs: Runs;
  readonly runLeases: RunLeases;
  readonly properties: Properties;
  readonly folders: Folders;
  readonly locks: Locks;
  readonly forecasts: Forecasts;
  readonly poolWork: PoolWork;
  readonly subscriptions: Subscriptions;
  readonly deliveries: Deliveries;
  readonly triggers: Triggers;
  readonly blobs: Blobs;
  readonly artifacts: Artifacts;
  readonly results: RunResults;
  readonly caches: Caches;
  readonly taskPackages: TaskPackages;
  readonly secureFiles: SecureFiles;
  readonly texts: Texts;
  /**
   * Handles mail that is due: takes an aggregate, drains its mail in order and in batches, commits rows,
   * journal, outgoing mail, births, effects and replies in one transaction per aggregate, and follows the
   * mail produced. `execute` and `submit` have their mail handled by themselves; `work` is for timers
   * (`inbox.nextDue`), for mail of other replicas (`inbox.onMail`), and after a start.
   */
  work(options?: WorkOptions): Promise<WorkReport>;
  health(): Promise<Health>;
  /** Finishes what is under way, then closes. Afterwards everything is refused with `closed`. */
  close(): Promise<void>;
}
