import type { DefinitionId, ProjectId } from '@signalbox/model';
import type { DefinitionRevision, DefinitionRow, Definitions } from '../../port/catalogue.ts';
import { row, rows } from '../builder.ts';
import { named, type Runner } from '../runner.ts';
import type { Work } from '../work.ts';
import { addTagsOf, noteRevision, revisionsOf, tagsOf } from './definition-notes.ts';
import { definitionColumns, definitionRow } from './definition-row.ts';

/** What is kept of a deleted definition. */
interface Removed {
  readonly row: DefinitionRow;
  readonly revisions: readonly DefinitionRevision[];
  readonly tags: readonly string[];
  readonly properties: readonly { readonly folded: string; readonly name: string; readonly value: string }[];
}

/** Takes a definition away, and keeps all of it aside in the same work. */
export function* removeDefinition(runner: Runner, project: ProjectId, id: DefinitionId): Work<boolean> {
  const { db } = runner;
  const known = yield* row(
    db.selectFrom('definition').selectAll().where('project', '=', project).where('id', '=', id),
  );
  if (known === undefined) return false;
  const bag = db.selectFrom('property').select(['folded', 'name', 'value']);
  const removed: Removed = {
    row: definitionRow(known),
    revisions: yield* revisionsOf(runner, project, id),
    tags: yield* tagsOf(runner, id),
    properties: yield* rows(bag.where('kind', '=', 'definition').where('id', '=', id)),
  };
  yield* rows(
    db
      .insertInto('removed_definition')
      .values({ id, project, at: runner.clock(), doc: JSON.stringify(removed) }),
  );
  yield* rows(db.deleteFrom('definition').where('id', '=', id));
  yield* rows(db.deleteFrom('property').where('kind', '=', 'definition').where('id', '=', id));
  return true;
}

/** Puts it back with everything that stood beside it. */
export function* restoreDefinition(
  runner: Runner,
  project: ProjectId,
  id: DefinitionId,
): Work<DefinitionRow | undefined> {
  const { db } = runner;
  const query = db.deleteFrom('removed_definition').where('project', '=', project).where('id', '=', id);
  const kept = yield* row(query.returning('doc'));
  if (kept === undefined) return undefined;
  const { row: definition, revisions, tags, properties } = JSON.parse(kept.doc) as Removed;
  const { revision, createdAt, updatedAt, name } = definition;
  const times = { created_at: createdAt, updated_at: updatedAt };
  const values = { ...definitionColumns(definition), id, project, revision, ...times };
  yield* named(runner, `a pipeline ${name}`, rows(db.insertInto('definition').values(values)));
  for (const one of revisions) yield* noteRevision(runner, one.row, one.by);
  yield* addTagsOf(runner, id, tags);
  for (const one of properties)
    yield* rows(db.insertInto('property').values({ ...one, kind: 'definition', id }));
  return definition;
}

/** Forgets what was removed of a project, or before a time. */
export function* forgetRemoved(
  { db }: Runner,
  which: Parameters<Definitions['forgetRemoved']>[0],
): Work<number> {
  const all = db.deleteFrom('removed_definition');
  const query =
    'project' in which ? all.where('project', '=', which.project) : all.where('at', '<', which.before);
  return (yield* rows(query.returning('id'))).length;
}
