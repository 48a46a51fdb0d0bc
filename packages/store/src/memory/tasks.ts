import { fold, type Instant } from '@signalbox/model';
import type { SecureFileRow, SecureFiles, TaskPackageRow, TaskPackages } from '../port/tasks.ts';
import { newestFirst } from '../task-order.ts';
import { byText, Rows, taken } from './rows.ts';

/** Task packages in memory. */
export function taskPackages(clock: () => Instant): TaskPackages {
  const rows = new Rows<TaskPackageRow>();
  const get = (task: string, version: string): TaskPackageRow | undefined =>
    rows.find(({ manifest }) => manifest.id === task.toLowerCase() && manifest.version === version);
  return {
    async install({ by, ...input }) {
      const row = { ...input, installedBy: by, installedAt: clock() };
      const known = get(input.manifest.id, input.manifest.version);
      return known === undefined ? rows.add(row) : rows.replace({ ...row, id: known.id });
    },
    get: async (task, version) => get(task, version),
    list: async () => newestFirst(rows.all()),
    async remove(task, version) {
      const known = get(task, version);
      return known !== undefined && rows.remove(known.id);
    },
  };
}

/** Secure files in memory. */
export function secureFiles(clock: () => Instant): SecureFiles {
  const rows = new Rows<SecureFileRow>();
  const get = (project: number, guid: string): SecureFileRow | undefined =>
    rows.find((row) => row.project === project && row.guid === guid.toLowerCase());
  const find = (project: number, name: string): SecureFileRow | undefined =>
    rows.find((row) => row.project === project && fold(row.name) === fold(name));
  return {
    async create(project, { by, ...input }) {
      if (find(project, input.name) !== undefined) throw taken(`a secure file ${input.name}`);
      const guid = input.guid.toLowerCase();
      return rows.add({ ...input, guid, project, createdBy: by, createdAt: clock() });
    },
    get: async (project, guid) => get(project, guid),
    find: async (project, name) => find(project, name),
    async list(project) {
      const own = rows.all().filter((row) => row.project === project);
      return byText(own, ({ name }) => fold(name));
    },
    async reseal(project, guid, { from, to }) {
      const known = get(project, guid);
      if (known?.sha256 !== from) return false;
      rows.replace({ ...known, sha256: to });
      return true;
    },
    async remove(project, guid) {
      const known = get(project, guid);
      return known !== undefined && rows.remove(known.id);
    },
  };
}
