import { fold, type Instant } from '@signalbox/model';
import { isInFolder } from '../folder-path.ts';
import type { DefinitionRow } from '../port/catalogue.ts';
import type { FolderInput, FolderRow, Folders } from '../port/folders.ts';
import { byText, taken, type Rows } from './rows.ts';

/** Folders of pipelines in memory. */
export function folders(definitions: Rows<DefinitionRow>, clock: () => Instant): Folders {
  const rows = new Map<string, FolderRow>();
  const keyOf = (project: number, path: string): string => JSON.stringify([project, fold(path)]);
  const inside = (project: number, folder: string): readonly FolderRow[] =>
    [...rows.values()].filter((row) => row.project === project && isInFolder(row.path, folder));
  const add = (project: number, { path, description, by }: FolderInput): FolderRow => {
    const now = clock();
    const made = { createdBy: by, createdAt: now, modifiedBy: by, modifiedAt: now };
    const row = { project, path, description, ...made };
    rows.set(keyOf(project, path), row);
    return row;
  };
  return {
    list: async (project) =>
      byText(
        [...rows.values()].filter((row) => row.project === project),
        ({ path }) => fold(path),
      ),
    async create(project, input) {
      if (rows.has(keyOf(project, input.path))) throw taken(`a folder ${input.path}`);
      return add(project, input);
    },
    async move(project, from, to) {
      const moved = (path: string): string => to.path + path.slice(from.length);
      const mine = inside(project, from);
      const pipelines = definitions
        .all()
        .filter((row) => row.project === project && isInFolder(row.path, from));
      refuseWhatIsThere(mine, (path) => rows.get(keyOf(project, moved(path))));
      refuseTwins(definitions, pipelines, moved);
      for (const { path } of mine) rows.delete(keyOf(project, path));
      for (const row of mine) rows.set(keyOf(project, moved(row.path)), { ...row, path: moved(row.path) });
      for (const row of pipelines) definitions.replace({ ...row, path: moved(row.path) });
      const row = rows.get(keyOf(project, to.path)) ?? add(project, to);
      const changed = { description: to.description, modifiedBy: to.by, modifiedAt: clock() };
      rows.set(keyOf(project, to.path), { ...row, ...changed });
      return { ...row, ...changed };
    },
    async remove(project, path) {
      for (const row of inside(project, path)) rows.delete(keyOf(project, row.path));
    },
  };
}

function refuseWhatIsThere(mine: readonly FolderRow[], at: (path: string) => FolderRow | undefined): void {
  for (const { path } of mine) {
    const there = at(path);
    if (there !== undefined && !mine.includes(there)) throw taken(`a folder ${there.path}`);
  }
}

function refuseTwins(
  all: Rows<DefinitionRow>,
  moving: readonly DefinitionRow[],
  moved: (path: string) => string,
): void {
  for (const { project, path, name } of moving) {
    const twin = all.find(
      (row) =>
        !moving.includes(row) &&
        row.project === project &&
        fold(row.path) === fold(moved(path)) &&
        fold(row.name) === fold(name),
    );
    if (twin !== undefined) throw taken(`a pipeline ${name} in ${twin.path}`);
  }
}
