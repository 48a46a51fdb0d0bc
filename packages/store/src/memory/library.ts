import { fold, type Instant } from '@signalbox/model';
import type { ConnectionRow, Connections, VariableGroupRow, VariableGroups } from '../port/library.ts';
import { wildcard } from '../wildcard.ts';
import { byText, missing, taken, type Rows } from './rows.ts';

interface Named {
  readonly id: number;
  readonly project: number;
  readonly name: string;
}

/** Service connections in memory. */
export function connections(rows: Rows<ConnectionRow>, clock: () => Instant): Connections {
  const get = (project: number, guid: string): ConnectionRow | undefined =>
    rows.find((row) => row.project === project && row.guid === guid.toLowerCase());
  return {
    async create(project, { guid, by, ...input }) {
      refuseTwin(rows, { project, name: input.name }, 'a service connection');
      const times = { createdAt: clock(), updatedAt: clock() };
      return rows.add({ ...input, project, guid: guid.toLowerCase(), createdBy: by, ...times });
    },
    get: async (project, guid) => get(project, guid),
    find: async (project, name) => named(rows, { project, name }),
    list: async (project) => ofProject(rows, project),
    async update(project, guid, input) {
      const row = get(project, guid);
      if (row === undefined) throw missing(`service connection ${guid}`);
      refuseTwin(rows, { project, name: input.name, id: row.id }, 'a service connection');
      return rows.replace({ ...row, ...input, updatedAt: clock() });
    },
    async remove(project, guid) {
      const row = get(project, guid);
      return row !== undefined && rows.remove(row.id);
    },
  };
}

/** Variable groups in memory. */
export function variableGroups(rows: Rows<VariableGroupRow>, clock: () => Instant): VariableGroups {
  const get = (project: number, id: number): VariableGroupRow | undefined => {
    const row = rows.get(id);
    return row?.project === project ? row : undefined;
  };
  return {
    async create(project, { by, ...input }) {
      refuseTwin(rows, { project, name: input.name }, 'a variable group');
      const now = clock();
      const traces = { createdBy: by, createdAt: now, modifiedBy: by, modifiedAt: now };
      return rows.add({ ...input, project, ...traces });
    },
    get: async (project, id) => get(project, id),
    find: async (project, name) => named(rows, { project, name }),
    async list(project, { name } = {}) {
      const matches = name === undefined ? () => true : wildcard(fold(name));
      return ofProject(rows, project).filter((row) => matches(fold(row.name)));
    },
    async update(project, id, { by, ...input }) {
      const row = get(project, id);
      if (row === undefined) throw missing(`variable group ${id}`);
      refuseTwin(rows, { project, name: input.name, id }, 'a variable group');
      return rows.replace({ ...row, ...input, modifiedBy: by, modifiedAt: clock() });
    },
    remove: async (project, id) => get(project, id) !== undefined && rows.remove(id),
  };
}

function named<T extends Named>(
  rows: Rows<T>,
  { project, name }: Pick<Named, 'project' | 'name'>,
): T | undefined {
  return rows.find((row) => row.project === project && fold(row.name) === fold(name));
}

function ofProject<T extends Named>(rows: Rows<T>, project: number): readonly T[] {
  return byText(
    rows.all().filter((row) => row.project === project),
    ({ name }) => fold(name),
  );
}

function refuseTwin<T extends Named>(
  rows: Rows<T>,
  wanted: Pick<Named, 'project' | 'name'> & { readonly id?: number },
  what: string,
): void {
  const twin = named(rows, wanted);
  if (twin !== undefined && twin.id !== wanted.id) throw taken(`${what} ${wanted.name}`);
}
