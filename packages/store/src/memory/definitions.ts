import { fold, type Instant } from '@signalbox/model';
import { StoreError } from '../errors.ts';
import type { DefinitionRow, Definitions } from '../port/catalogue.ts';
import { wildcard } from '../wildcard.ts';
import { definitionNotes } from './definition-notes.ts';
import { RemovedDefinitions } from './removed-definitions.ts';
import { byText, missing, taken, type Rows } from './rows.ts';
import type { Tables } from './tables.ts';

/** Definitions in memory. */
export function definitions(tables: Tables, rows: Rows<DefinitionRow>, clock: () => Instant): Definitions {
  const notes = definitionNotes();
  const removed = new RemovedDefinitions();
  const get = (project: number, id: number): DefinitionRow | undefined => {
    const row = rows.get(id);
    return row?.project === project ? row : undefined;
  };
  return {
    async create(project, input, by = '') {
      refuseTwin(rows, { project, ...input });
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
      refuseTwin(rows, { project, ...input }, id);
      const { createdAt } = row;
      const changed = { ...input, id, project, revision: revision + 1, createdAt, updatedAt: clock() };
      return notes.note(rows.replace(changed), by);
    },
    async remove(project, id) {
      const row = get(project, id);
      if (row === undefined) return false;
      const putBack = [notes.forget(id), ...tables.whenDefinitionRemoved.map((forget) => forget(id))];
      removed.keep({ row, at: clock(), putBack });
      return rows.remove(id);
    },
    async restore(project, id) {
      const row = removed.takeBack(project, id, (kept) => refuseTwin(rows, kept));
      return row && rows.replace(row);
    },
    forgetRemoved: async (which) => removed.forget(which),
    revisions: async (project, id) => (get(project, id) === undefined ? [] : notes.revisions(id)),
    tags: async (id) => notes.tags(id),
    async addTags(id, added) {
      if (rows.get(id) === undefined) throw missing(`pipeline ${id}`);
      return notes.addTags(id, added);
    },
    removeTag: async (id, tag) => notes.removeTag(id, tag),
  };
}

function refuseTwin(
  rows: Rows<DefinitionRow>,
  wanted: Pick<DefinitionRow, 'project' | 'path' | 'name'>,
  except?: number,
): void {
  const twin = rows.find(
    (row) =>
      row.project === wanted.project &&
      fold(row.path) === fold(wanted.path) &&
      fold(row.name) === fold(wanted.name) &&
      row.id !== except,
  );
  if (twin !== undefined) throw taken(`a pipeline ${wanted.name}`);
}

function stale(row: DefinitionRow, revision: number): StoreError {
  return new StoreError(
    'stale-revision',
    `Pipeline ${row.id} is at revision ${row.revision}, not ${revision}. Read it again and repeat the change.`,
  );
}
