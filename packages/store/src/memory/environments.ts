import { fold, type Instant } from '@signalbox/model';
import { decodePlace, pageLimit, pageOf } from '../cursor.ts';
import type { DeploymentRecord, EnvironmentRow, Environments } from '../port/catalogue.ts';
import { byText, missing, Rows, taken } from './rows.ts';

type Input = Parameters<Environments['create']>[1];

/** Environments and their history in memory. */
export function environments(rows: Rows<EnvironmentRow>, clock: () => Instant): Environments {
  const records = new Rows<DeploymentRecord>();
  const recorded = new Set<string>();
  const find = (project: number, name: string): EnvironmentRow | undefined =>
    rows.find((row) => row.project === project && fold(row.name) === fold(name));
  const get = (project: number, id: number): EnvironmentRow | undefined => {
    const row = rows.get(id);
    return row?.project === project ? row : undefined;
  };
  const add = (project: number, { name, description, createdBy }: Input): EnvironmentRow => {
    const times = { createdAt: clock(), updatedAt: clock() };
    return rows.add({ project, name, description: description ?? '', createdBy, ...times });
  };
  return {
    upsert: async (project, input) => find(project, input.name) ?? add(project, input),
    async create(project, input) {
      if (find(project, input.name) !== undefined) throw taken(`an environment ${input.name}`);
      return add(project, input);
    },
    get: async (project, id) => get(project, id),
    find: async (project, name) => find(project, name),
    async list(project, { name = '', after, ...options } = {}) {
      const behind = after === undefined ? undefined : String(decodePlace(after, ['string'])[0]);
      const found = byText(rows.all(), (row) => fold(row.name))
        .filter((row) => row.project === project && fold(row.name).startsWith(fold(name)))
        .filter((row) => behind === undefined || fold(row.name) > behind);
      return pageOf(found, pageLimit(options), { item: (row) => row, place: (row) => [fold(row.name)] });
    },
    async update(project, id, patch) {
      const row = get(project, id);
      if (row === undefined) throw missing(`environment ${id}`);
      const twin = patch.name === undefined ? undefined : find(project, patch.name);
      if (twin !== undefined && twin.id !== id) throw taken(`an environment ${patch.name}`);
      return rows.replace({ ...row, ...patch, updatedAt: clock() });
    },
    async remove(project, id) {
      if (get(project, id) === undefined) return false;
      for (const record of records.all()) if (record.environment === id) records.remove(record.id);
      return rows.remove(id);
    },
    async recordDeployment(key, record) {
      if (rows.get(record.environment) === undefined) throw missing(`environment ${record.environment}`);
      if (!recorded.has(key)) records.add(record);
      recorded.add(key);
    },
    async deployments(environment, options = {}) {
      const before =
        options.after === undefined ? Infinity : Number(decodePlace(options.after, ['number'])[0]);
      const found = records
        .all()
        .filter((record) => record.environment === environment && record.id < before)
        .reverse();
      return pageOf(found, pageLimit(options), { item: (record) => record, place: ({ id }) => [id] });
    },
  };
}
