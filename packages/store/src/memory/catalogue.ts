import { fold, type Instant } from '@signalbox/model';
import { StoreError } from '../errors.ts';
import type {
  DefinitionRow,
  Definitions,
  PoolRow,
  Pools,
  ProjectRow,
  Projects,
  QueueRow,
  Settings,
} from '../port/catalogue.ts';
import { wildcard } from '../wildcard.ts';
import { byText, missing, taken, type Rows } from './rows.ts';

/** Projects in memory. */
export function projects(rows: Rows<ProjectRow>, clock: () => Instant): Projects {
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
      return rows.find((row) => fold(row.name) === folded) ?? rows.find((row) => row.guid === folded);
    },
    list: async () => byText(rows.all(), (row) => fold(row.name)),
    async update(id, patch) {
      const row = rows.get(id);
      if (row === undefined) throw missing(`project ${id}`);
      if (patch.name !== undefined) refuseTwin(patch.name, id);
      return rows.replace({ ...row, ...patch, revision: row.revision + 1, updatedAt: clock() });
    },
  };
}

/** Definitions in memory. */
export function definitions(rows: Rows<DefinitionRow>, clock: () => Instant): Definitions {
  const refuseTwin = (wanted: Pick<DefinitionRow, 'project' | 'path' | 'name'>, except?: number): void => {
    const twin = rows.find(
      (row) =>
        row.project === wanted.project &&
        fold(row.path) === fold(wanted.path) &&
        fold(row.name) === fold(wanted.name) &&
        row.id !== except,
    );
    if (twin !== undefined) throw taken(`a pipeline ${wanted.name}`);
  };
  const get = (project: number, id: number): DefinitionRow | undefined => {
    const row = rows.get(id);
    return row?.project === project ? row : undefined;
  };
  return {
    async create(project, input) {
      refuseTwin({ project, ...input });
      return rows.add({ ...input, project, revision: 1, createdAt: clock(), updatedAt: clock() });
    },
    get: async (project, id) => get(project, id),
    async list(project, { name, path, ids } = {}) {
      const matches = name === undefined ? () => true : wildcard(fold(name));
      const found = rows
        .all()
        .filter((row) => row.project === project && matches(fold(row.name)))
        .filter((row) => path === undefined || fold(row.path) === fold(path))
        .filter((row) => ids === undefined || ids.includes(row.id));
      return byText(found, (row) => [fold(row.path), fold(row.name)].join('\0'));
    },
    async update(project, id, { revision, input }) {
      const row = get(project, id);
      if (row === undefined) throw missing(`pipeline ${id}`);
      if (row.revision !== revision) throw stale(row, revision);
      refuseTwin({ project, ...input }, id);
      const { createdAt } = row;
      return rows.replace({ ...input, id, project, revision: revision + 1, createdAt, updatedAt: clock() });
    },
    remove: async (project, id) => get(project, id) !== undefined && rows.remove(id),
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

function stale(row: DefinitionRow, revision: number): StoreError {
  return new StoreError(
    'stale-revision',
    `Pipeline ${row.id} is at revision ${row.revision}, not ${revision}. Read it again and repeat the change.`,
  );
}
