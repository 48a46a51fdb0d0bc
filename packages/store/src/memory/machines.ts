import { fold, type Instant } from '@signalbox/model';
import type { EnvironmentRow } from '../port/catalogue.ts';
import type { MachineRow, Machines } from '../port/machines.ts';
import { byText, missing, type Rows } from './rows.ts';

interface Tables {
  readonly environments: Rows<EnvironmentRow>;
  readonly machines: Rows<MachineRow>;
}

/** The machines of an environment that is there, by name. */
export function machinesOf({ environments, machines }: Tables, environment: number): readonly MachineRow[] {
  if (environments.get(environment) === undefined) return [];
  return byText(machines.all(), ({ name }) => fold(name)).filter((row) => row.environment === environment);
}

/** The machines of environments in memory. */
export function machines(tables: Tables, clock: () => Instant): Machines {
  const rows = tables.machines;
  const find = (environment: number, id: number): MachineRow | undefined =>
    machinesOf(tables, environment).find((row) => row.id === id);
  return {
    list: async (environment) => machinesOf(tables, environment),
    async register({ environment, name, pool, tags }) {
      if (tables.environments.get(environment) === undefined) throw missing(`environment ${environment}`);
      const known = machinesOf(tables, environment).find((row) => fold(row.name) === fold(name));
      const now = clock();
      const times = { createdAt: now, updatedAt: now };
      if (known === undefined) return rows.add({ environment, name, pool, tags: tags ?? [], ...times });
      return rows.replace({ ...known, name, pool, ...(tags !== undefined && { tags }), updatedAt: now });
    },
    async setTags(environment, id, tags) {
      const known = find(environment, id);
      if (known === undefined) throw missing(`machine ${id}`);
      return rows.replace({ ...known, tags, updatedAt: clock() });
    },
    remove: async (environment, id) => find(environment, id) !== undefined && rows.remove(id),
  };
}
