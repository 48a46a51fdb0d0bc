import { fold, type DefinitionId, type ProjectId } from '@signalbox/model';
import type { DefinitionRevision, DefinitionRow } from '../../port/catalogue.ts';
import { row, rows } from '../builder.ts';
import { found, type Runner } from '../runner.ts';
import type { Work } from '../work.ts';

/** Keeps a definition as it is now, as a part of the work that made it so. */
export function* noteRevision(runner: Runner, definition: DefinitionRow, by: string): Work<void> {
  const { id, revision } = definition;
  yield* rows(
    runner.db
      .insertInto('definition_revision')
      .values({ definition: id, revision, by_whom: by, doc: JSON.stringify(definition) }),
  );
}

/** Every kept revision, oldest first. */
export function* revisionsOf(
  runner: Runner,
  project: ProjectId,
  id: DefinitionId,
): Work<readonly DefinitionRevision[]> {
  const query = runner.db
    .selectFrom('definition_revision')
    .innerJoin('definition', 'definition.id', 'definition_revision.definition')
    .select(['definition_revision.doc', 'definition_revision.by_whom'])
    .where('definition.project', '=', project)
    .where('definition.id', '=', id);
  return (yield* rows(query.orderBy('definition_revision.revision'))).map(({ doc, by_whom }) => ({
    row: JSON.parse(doc) as DefinitionRow,
    by: by_whom,
  }));
}

/** The tags of a definition, by name. */
export function* tagsOf(runner: Runner, id: DefinitionId): Work<readonly string[]> {
  const query = runner.db.selectFrom('definition_tag').select('name').where('definition', '=', id);
  return (yield* rows(query.orderBy('folded'))).map(({ name }) => name);
}

/** Adds tags, letter case aside. */
export function* addTagsOf(
  runner: Runner,
  id: DefinitionId,
  added: readonly string[],
): Work<readonly string[]> {
  found(yield* row(runner.db.selectFrom('definition').select('id').where('id', '=', id)), `pipeline ${id}`);
  for (const name of added) {
    yield* rows(
      runner.db
        .insertInto('definition_tag')
        .values({ definition: id, folded: fold(name), name })
        .onConflict((conflict) => conflict.columns(['definition', 'folded']).doNothing()),
    );
  }
  return yield* tagsOf(runner, id);
}

/** Takes one away. */
export function* removeTagOf(runner: Runner, id: DefinitionId, tag: string): Work<readonly string[]> {
  yield* rows(
    runner.db.deleteFrom('definition_tag').where('definition', '=', id).where('folded', '=', fold(tag)),
  );
  return yield* tagsOf(runner, id);
}
