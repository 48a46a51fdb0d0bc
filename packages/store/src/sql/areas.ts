import type { Listeners } from '../listeners.ts';
import type { Store } from '../port/store.ts';
import type { Dialect } from './migrations/dialect.ts';
import * as ports from './ports/index.ts';
import type { Runner } from './runner.ts';

/** The areas of a store that are the same over both databases. */
export type SharedAreas = Omit<Store, 'inbox' | 'work' | 'health' | 'close'>;

/** Makes them. */
export function sharedAreas(runner: Runner, engine: Dialect['engine'], growth: Listeners): SharedAreas {
  return {
    effects: ports.effects(runner, engine),
    journal: ports.journal(runner, engine, growth),
    logs: ports.logs(runner),
    projects: ports.projects(runner),
    definitions: ports.definitions(runner),
    pools: ports.pools(runner),
    environments: ports.environments(runner),
    machines: ports.machines(runner),
    connections: ports.connections(runner),
    variableGroups: ports.variableGroups(runner),
    permissions: ports.permissions(runner),
    checks: ports.checks(runner),
    approvals: ports.approvals(runner),
    tokens: ports.tokens(runner),
    sessions: ports.sessions(runner),
    users: ports.users(runner),
    groups: ports.groups(runner),
    roles: ports.roles(runner),
    settings: ports.settings(runner),
    results: ports.results(runner),
    runs: ports.runs(runner),
    runLeases: ports.runLeases(runner),
    properties: ports.properties(runner),
    folders: ports.folders(runner),
    locks: ports.locks(runner),
    forecasts: ports.forecasts(runner),
    poolWork: ports.poolWork(runner),
    subscriptions: ports.subscriptions(runner),
    triggers: ports.triggers(runner),
    deliveries: ports.deliveries(runner),
    blobs: ports.blobs(runner),
    artifacts: ports.artifacts(runner),
    caches: ports.caches(runner),
    taskPackages: ports.taskPackages(runner),
    secureFiles: ports.secureFiles(runner),
    texts: ports.texts(runner, engine),
  };
}
