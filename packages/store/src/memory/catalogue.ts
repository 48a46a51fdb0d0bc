import { fold, type Instant } from '@signalbox/model';
import type { PoolRow, Pools, ProjectRow, Projects, QueueRow, Settings } from '../port/catalogue.ts';
import { byText, missing, taken, type Rows } from './rows.ts';

/** Projects in memory. */
export function projects(rows: Rows<ProjectRow>, clock: () => Instant): Projects {
  const inState = (state: ProjectRow['state']): readonly ProjectRow[] =>
    rows.all().filter((row) => row.state === state);
  const refuseTwin = (name: string, except?: number): void => {
    const twin = rows.find((row) => fold(row.name) === fold(name) && row.id !== except);
    if (twin !== undefined) throw taken(`a project ${name}`);
  };
  return {
    async create({ guid, name, description }) {
      refuseTwin(name);
      const times = { createdAt: clock(), updatedAt: clock() };
      const lower = guid.toLowerCase();
      return rows.add({ guid: lower, name, description, state: 'wellFormed', revision: 1, ...times });
    },
    get: async (id) => rows.get(id),
    async find(nameOrGuid) {
      const folded = fold(nameOrGuid);
      const there = inState('wellFormed');
      return there.find((row) => fold(row.name) === folded) ?? there.find((row) => row.guid === folded);
    },
    list: async () => byText(inState('wellFormed'), (row) => fold(row.name)),
    deleting: async () => inState('deleting'),
    async update(id, patch) {
      const row = rows.get(id);
      if (row === undefined) throw missing(`project ${id}`);
      if (patch.name !== undefined) refuseTwin(patch.name, id);
      return rows.replace({ ...row, ...patch, revision: row.revision + 1, updatedAt: clock() });
    },
  };
}

/** Pools and queues in memory. */
export function pools(rows: Rows<PoolRow>, queues: Rows<QueueRow>, clock: () => Instant): Pools {
  const find = (name: string): PoolRow | undefined => rows.find((row) => fold(row.name) === fold(name));
  return {
    upsert: async (name) => find(name) ?? rows.add({ name, createdAt: clock() }),
    get: async (id) => rows.get(id),
    find: async (name) => find(name),
    list: async () => byText(rows.all(), (row) => fold(row.name)),
    async rename(id, name) {
      const row = rows.get(id);
      if (row === undefined) throw missing(`pool ${id}`);
      const twin = find(name);
      if (twin !== undefined && twin.id !== id) throw taken(`a pool ${name}`);
      for (const queue of queues.all()) if (queue.pool === id) queues.replace({ ...queue, name });
      return rows.replace({ ...row, name });
    },
    async remove(id) {
      for (const queue of queues.all()) if (queue.pool === id) queues.remove(queue.id);
      return rows.remove(id);
    },
    async removeQueue(project, id) {
      return queues.get(id)?.project === project && queues.remove(id);
    },
    async upsertQueue(project, pool) {
      const known = queues.find((row) => row.project === project && row.pool === pool);
      if (known !== undefined) return known;
      const row = rows.get(pool);
      if (row === undefined) throw missing(`pool ${pool}`);
      return queues.add({ project, pool, name: row.name });
    },
    async queues(project) {
      const found = queues.all().filter((row) => row.project === project);
      return byText(found, (row) => fold(row.name));
    },
  };
}

/** Settings in memory. */
export function settings(): Settings {
  const values = new Map<string, string>();
  return {
    get: async (key) => values.get(key),
    async set(key, value) {
      values.set(key, value);
    },
    async setOnce(key, value) {
      if (!values.has(key)) values.set(key, value);
      return values.get(key) ?? value;
    },
    list: async (prefix) =>
      [...values]
        .filter(([key]) => key.startsWith(prefix))
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => ({ key, value })),
    remove: async (key) => values.delete(key),
  };
}
