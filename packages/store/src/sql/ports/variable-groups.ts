import { fold, type ProjectId } from '@signalbox/model';
import type { Selectable } from 'kysely';
import type { VariableGroupInput, VariableGroupRow, VariableGroups } from '../../port/library.ts';
import { wildcard } from '../../wildcard.ts';
import { row, rows } from '../builder.ts';
import { found, named, type Runner } from '../runner.ts';
import type { Tables } from '../tables.ts';
import type { Work } from '../work.ts';

type Input = VariableGroupInput & { readonly by: string };

/** Variable groups over a database. */
export function variableGroups(runner: Runner): VariableGroups {
  return {
    create: (project, input) => runner.write(() => create(runner, project, input)),
    get: (project, id) => runner.read(() => get(runner, project, id)),
    find: (project, name) => runner.read(() => find(runner, project, name)),
    list: (project, filter) => runner.read(() => list(runner, project, filter?.name)),
    update: (project, id, input) => runner.write(() => update(runner, { project, id }, input)),
    remove: (project, id) => runner.write(() => remove(runner, project, id)),
  };
}

function columns(runner: Runner, { name, description, variables, by }: Input) {
  return {
    name,
    folded: fold(name),
    description,
    variables: JSON.stringify(variables),
    modified_by: by,
    modified_at: runner.clock(),
  };
}

function* create(runner: Runner, project: ProjectId, input: Input): Work<VariableGroupRow> {
  const query = runner.db
    .insertInto('variable_group')
    .values({ ...columns(runner, input), project, created_by: input.by, created_at: runner.clock() })
    .returningAll();
  const made = yield* named(runner, `a variable group ${input.name}`, row(query));
  return groupRow(found(made, 'variable group'));
}

function ofProject(runner: Runner, project: ProjectId) {
  return runner.db.selectFrom('variable_group').selectAll().where('project', '=', project);
}

function* get(runner: Runner, project: ProjectId, id: number): Work<VariableGroupRow | undefined> {
  const known = yield* row(ofProject(runner, project).where('id', '=', id));
  return known && groupRow(known);
}

function* find(runner: Runner, project: ProjectId, name: string): Work<VariableGroupRow | undefined> {
  const known = yield* row(ofProject(runner, project).where('folded', '=', fold(name)));
  return known && groupRow(known);
}

function* list(
  runner: Runner,
  project: ProjectId,
  name: string | undefined,
): Work<readonly VariableGroupRow[]> {
  const known = yield* rows(ofProject(runner, project).orderBy('folded'));
  const matches = name === undefined ? () => true : wildcard(fold(name));
  return known.filter((group) => matches(group.folded)).map(groupRow);
}

function* update(
  runner: Runner,
  { project, id }: { readonly project: ProjectId; readonly id: number },
  input: Input,
): Work<VariableGroupRow> {
  const query = runner.db
    .updateTable('variable_group')
    .set(columns(runner, input))
    .where('project', '=', project)
    .where('id', '=', id)
    .returningAll();
  const updated = yield* named(runner, `a variable group ${input.name}`, row(query));
  return groupRow(found(updated, `variable group ${id}`));
}

function* remove(runner: Runner, project: ProjectId, id: number): Work<boolean> {
  const query = runner.db.deleteFrom('variable_group').where('project', '=', project);
  return (yield* row(query.where('id', '=', id).returning('id'))) !== undefined;
}

function groupRow(from: Selectable<Tables['variable_group']>): VariableGroupRow {
  const { id, project, name, description } = from;
  return {
    id,
    project,
    name,
    description,
    variables: JSON.parse(from.variables) as VariableGroupRow['variables'],
    createdBy: from.created_by,
    createdAt: from.created_at,
    modifiedBy: from.modified_by,
    modifiedAt: from.modified_at,
  };
}
