import type { ResourceKey } from '@signalbox/engine';
import type { CheckConfiguration, Instant, ProjectId } from '@signalbox/model';
import type { CheckRow, Checks } from '../port/checks.ts';
import { missing, type Rows } from './rows.ts';

/** The checks of resources in memory. */
export function checks(rows: Rows<CheckRow>, clock: () => Instant): Checks {
  const get = (project: ProjectId, id: number): CheckRow | undefined => {
    const row = rows.get(id);
    return row?.project === project ? row : undefined;
  };
  return {
    async create(project, { type, id, name }, { by, ...input }) {
      const times = { createdBy: by, createdAt: clock(), modifiedBy: by, modifiedAt: clock() };
      return rows.add({ project, resource: { type, id, name }, version: 1, ...input, ...times });
    },
    get: async (project, id) => get(project, id),
    list: async (project, resource) => rows.all().filter((row) => isOf(row, project, resource)),
    async update(project, id, { by, ...input }) {
      const row = get(project, id);
      if (row === undefined) throw missing(`check ${id}`);
      const { version } = row;
      return rows.replace({ ...row, ...input, version: version + 1, modifiedBy: by, modifiedAt: clock() });
    },
    remove: async (project, id) => get(project, id) !== undefined && rows.remove(id),
  };
}

/** What a run is told of the checks of a resource. */
export function enabledChecks(
  rows: Rows<CheckRow>,
  project: ProjectId,
  resource: ResourceKey,
): readonly CheckConfiguration[] {
  return rows
    .all()
    .filter((row) => row.enabled && isOf(row, project, resource))
    .map(({ id, version, resource: of, timeoutMinutes, settings }) => ({
      id,
      version,
      resource: of,
      timeoutMinutes,
      settings,
    }));
}

function isOf(row: CheckRow, project: ProjectId, resource: ResourceKey | undefined): boolean {
  const { type, id } = resource ?? row.resource;
  return row.project === project && row.resource.type === type && row.resource.id === id;
}
