import type { Address } from '@signalbox/engine';
import { StoreError } from '../errors.ts';
import { pageLimit } from '../cursor.ts';
import { feedCursor, feedPlace } from '../feed-cursor.ts';
import { Listeners } from '../listeners.ts';
import type { MemoryOptions } from '../options.ts';
import type { DefinitionRow } from '../port/catalogue.ts';
import type { Journal } from '../port/journal.ts';
import type { Store } from '../port/store.ts';
import { SCHEMA_VERSION } from '../sql/migrations/index.ts';
import { sessions, tokens } from './access.ts';
import { pools, projects, settings } from './catalogue.ts';
import { definitions } from './definitions.ts';
import { approvals } from './approvals.ts';
import { artifacts } from './artifacts.ts';
import { MemoryBlobs } from './blobs.ts';
import { caches } from './caches.ts';
import { checks } from './checks.ts';
import { MemoryEffects } from './effects.ts';
import { environments } from './environments.ts';
import { machines } from './machines.ts';
import { folders } from './folders.ts';
import { forecasts } from './forecasts.ts';
import { groups, roles, users } from './identities.ts';
import { connections, variableGroups } from './library.ts';
import { logs } from './logs.ts';
import { notifications } from './notifications.ts';
import { permissions } from './permissions.ts';
import { locks, poolWork } from './queues.ts';
import { Rows } from './rows.ts';
import { results } from './results.ts';
import { properties } from './properties.ts';
import { runLeases } from './run-leases.ts';
import { runs } from './runs.ts';
import { secureFiles, taskPackages } from './tasks.ts';
import { Tables } from './tables.ts';
import { triggers } from './triggers.ts';
import { MemoryWorker } from './worker.ts';

/** A store that lasts as long as the process: the same rules, checked by the same suite. */
export function openMemory(options: MemoryOptions): Store {
  const clock = options.clock ?? Date.now;
  const tables = new Tables();
  const pipelines = new Rows<DefinitionRow>();
  const effects = new MemoryEffects(clock);
  const blobs = new MemoryBlobs(clock);
  const listeners = { mail: new Listeners(), journal: new Listeners() };
  const inbox = new MemoryWorker(tables, options.engine, {
    clock,
    listeners,
    effects: (effect) => effects.add(effect),
  });
  let open = true;
  return guarded(
    {
      inbox,
      effects,
      journal: journal(tables, listeners.journal),
      logs: logs(tables, clock),
      projects: projects(new Rows(), clock),
      definitions: definitions(tables, pipelines, clock),
      folders: folders(pipelines, clock),
      properties: properties(tables),
      runLeases: runLeases(tables, clock),
      pools: pools(new Rows(), new Rows(), clock),
      environments: environments(tables.environments, clock),
      machines: machines(tables, clock),
      connections: connections(tables.connections, clock),
      variableGroups: variableGroups(tables.variableGroups, clock),
      permissions: permissions(tables.permissions, clock),
      checks: checks(tables.checks, clock),
      approvals: approvals(tables),
      tokens: tokens(clock),
      sessions: sessions(clock),
      users: users(clock),
      groups: groups(clock),
      roles: roles(),
      settings: settings(),
      runs: runs(tables, clock),
      locks: locks(tables),
      forecasts: forecasts(tables),
      poolWork: poolWork(tables),
      ...notifications(clock),
      triggers: triggers(clock),
      blobs,
      artifacts: artifacts(tables, blobs, clock),
      results: results(tables, blobs, clock),
      caches: caches(blobs, clock),
      taskPackages: taskPackages(clock),
      secureFiles: secureFiles(clock),
      texts: { rewrite: async () => ({ next: undefined, table: '', seen: 0, changed: 0 }) },
      work: async ({ maxUnits } = {}) => inbox.work(maxUnits ?? Infinity),
      health: async () => ({ engine: 'memory', writable: open, schemaVersion: SCHEMA_VERSION }),
      close: async () => {
        open = false;
      },
    },
    () => open,
  );
}

function journal(tables: Tables, growth: Listeners): Journal {
  return {
    async read(address: Address, { after = 0, before = Infinity, limit, newestFirst = false } = {}) {
      const entries = tables.journal(address).slice(after, Math.max(0, before - 1));
      return (newestFirst ? entries.toReversed() : entries).slice(0, limit);
    },
    async feed(after, limit) {
      const [xid, seq] = feedPlace(after);
      const entries = xid === '0' ? tables.feed.slice(seq, seq + pageLimit({ limit })) : [];
      return { entries, cursor: entries.at(-1)?.cursor ?? feedCursor(xid, seq) };
    },
    tail: async () => feedCursor('0', tables.feed.length),
    onGrowth: (listener) => growth.add(listener),
  };
}

/** After `close` everything is refused, as by a database that is gone. */
function guarded(store: Store, isOpen: () => boolean): Store {
  return new Proxy(store, {
    get(target, name, receiver): unknown {
      if (!isOpen() && name !== 'close' && name !== 'health') {
        throw new StoreError('closed', 'The store is closed.');
      }
      return Reflect.get(target, name, receiver);
    },
  });
}
