import { fold, type DefinitionId, type ProjectId } from '@signalbox/model';
import { StoreError } from '../../errors.ts';
import { wildcard } from '../../wildcard.ts';
import type { DefinitionInput, DefinitionRow, Definitions } from '../../port/catalogue.ts';
import { row, rows } from '../builder.ts';
import { found, named, type Runner } from '../runner.ts';
import type { Work } from '../work.ts';
import { definitionColumns, definitionRow } from './definition-row.ts';
import { addTagsOf, noteRevision, removeTagOf, revisionsOf, tagsOf } from './definition-notes.ts';
import { forgetRemoved, removeDefinition, restoreDefinition } from './removed-definitions.ts';

type Filter = NonNullable<Parameters<Definitions['list']>[1]>;

/** Definitions over a database. */
export function definitions(runner: Runner): Definitions {
  return {
    create: (project, input, by) => runner.write(() => create(runner, { project, by: by ?? '' }, input)),
    get: (project, id) => runner.read(() => byId(runner, project, id)),
    list: (project, filter) => runner.read(() => list(runner, project, filter ?? {})),
    update: (project, id, change) => runner.write(() => update(runner, { project, id }, change)),
    remove: (project, id) => runner.write(() => removeDefinition(runner, project, id)),
    restore: (project, id) => runner.write(() => restoreDefinition(runner, project, id)),
    forgetRemoved: (which) => runner.write(() => forgetRemoved(runner, which)),
    revisions: (project, id) => runner.read(() => revisionsOf(runner, project, id)),
    tags: (id) => runner.read(() => tagsOf(runner, id)),
    addTags: (id, tags) => runner.write(() => addTagsOf(runner, id, tags)),
    removeTag: (id, tag) => runner.write(() => removeTagOf(runner, id, tag)),
  };
}

function* create(
  runner: Runner,
  { project, by }: { readonly project: ProjectId; readonly by: string },
  input: DefinitionInput,
): Work<DefinitionRow> {
  const now = runner.clock();
  const insert = runner.db
    .insertInto('definition')
    .values({ ...definitionColumns(input), project, revision: 1, created_at: now, updated_at: now })
    .returningAll();
  const made = found(yield* named(runner, `a pipeline ${input.name}`, row(insert)), 'pipeline');
  yield* noteRevision(runner, definitionRow(made), by);
  return definitionRow(made);
}

function* byId(runner: Runner, project: ProjectId, id: DefinitionId): Work<DefinitionRow | undefined> {
  const known = yield* row(
    runner.db.selectFrom('definition').selectAll().where('project', '=', project).where('id', '=', id),
  );
  return known && definitionRow(known);
}

function* list(runner: Runner, project: ProjectId, filter: Filter): Work<readonly DefinitionRow[]> {
  const { name, path, ids } = filter;
  let query = runner.db.selectFrom('definition').selectAll().where('project', '=', project);
  if (path !== undefined) query = query.where('folded_path', '=', fold(path));
  if (ids !== undefined) query = query.where('id', 'in', ids.length > 0 ? [...ids] : [-1]);
  if (name !== undefined && !name.includes('*')) query = query.where('folded', '=', fold(name));
  const known = yield* rows(query.orderBy('folded_path').orderBy('folded'));
  // Patterns are matched here: LIKE has other wildcards, and a project has few hundred definitions.
  const matches = name === undefined ? () => true : wildcard(fold(name));
  return known.filter((definition) => matches(definition.folded)).map(definitionRow);
}

function* update(
  runner: Runner,
  key: { readonly project: ProjectId; readonly id: DefinitionId },
  { revision, input, by = '' }: Parameters<Definitions['update']>[2],
): Work<DefinitionRow> {
  // The revision stands in the condition of the UPDATE itself, so that of two at once one loses (INV-71).
  const query = runner.db
    .updateTable('definition')
    .set({ ...definitionColumns(input), revision: revision + 1, updated_at: runner.clock() })
    .where('project', '=', key.project)
    .where('id', '=', key.id)
    .where('revision', '=', revision)
    .returningAll();
  const updated = yield* named(runner, `a pipeline ${input.name}`, row(query));
  if (updated !== undefined) {
    yield* noteRevision(runner, definitionRow(updated), by);
    return definitionRow(updated);
  }
  const current = found(yield* byId(runner, key.project, key.id), `pipeline ${key.id}`);
  throw new StoreError(
    'stale-revision',
    `Pipeline ${key.id} is at revision ${current.revision}, not ${revision}. Read it again and repeat the change.`,
  );
}
