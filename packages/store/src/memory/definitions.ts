import { fold, type Instant } from '@signalbox/model';
import { StoreError } from '../errors.ts';
import type { DefinitionRow, Definitions } from '../port/catalogue.ts';
import { wildcard } from '../wildcard.ts';
import { definitionNotes } from './definition-notes.ts';
import { byText, missing, taken, type Rows } from './rows.ts';
import type { Tables } from './tables.ts';

/** Definitions in memory. */
export function definitions(tables: Tables, rows: Rows<DefinitionRow>, clock: () => Instant): Definitions {
  const notes = definitionNotes();
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
    async create(project, input, by = '') {
      refuseTwin({ project, ...input });
      const times = { createdAt: clock(), updatedAt: clock() };
      return notes.note(rows.add({ ...input, project, revision: 1, ...times }), by);
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
    async update(project, id, { revision, input, by = '' }) {
      const row = get(project, id);
      if (row === undefined) throw missing(`pipeline ${id}`);
      if (row.revision !== revision) throw stale(row, revision);
      refuseTwin({ project, ...input }, id);
      const { createdAt } = row;
      const changed = { ...input, id, project, revision: revision + 1, createdAt, updatedAt: clock() };
      return notes.note(rows.replace(changed), by);
    },
    async remove(project, id) {
      if (get(project, id) === undefined) return false;
      notes.forget(id);
      for (const forget of tables.whenDefinitionRemoved) forget(id);
      return rows.remove(id);
    },
    revisions: async (project, id) => (get(project, id) === undefined ? [] : notes.revisions(id)),
    tags: async (id) => notes.tags(id),
    async addTags(id, added) {
      if (rows.get(id) === undefined) throw missing(`pipeline ${id}`);
      return notes.addTags(id, added);
    },
    removeTag: async (id, tag) => notes.removeTag(id, tag),
  };
}

function stale(row: DefinitionRow, revision: number): StoreError {
  return new StoreError(
    'stale-revision',
    `Pipeline ${row.id} is at revision ${row.revision}, not ${revision}. Read it again and repeat the change.`,
  );
}
