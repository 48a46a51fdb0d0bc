import { fold } from '@signalbox/model';
import type { Insertable, Selectable } from 'kysely';
import type { DefinitionInput, DefinitionRow } from '../../port/catalogue.ts';
import type { Tables } from '../tables.ts';

type Columns = Omit<Insertable<Tables['definition']>, 'project' | 'revision' | 'created_at' | 'updated_at'>;

/** What a definition is stored as. */
export function definitionColumns(input: DefinitionInput): Columns {
  return {
    name: input.name,
    folded: fold(input.name),
    path: input.path,
    folded_path: fold(input.path),
    repository: JSON.stringify(input.repository),
    yaml_filename: input.yamlFilename,
    variables: JSON.stringify(input.variables),
    queue_status: input.queueStatus,
    default_pool: input.defaultPool ?? null,
    extra: JSON.stringify(input.extra),
  };
}

/** A definition as it is stored. */
export function definitionRow(from: Selectable<Tables['definition']>): DefinitionRow {
  const { id, project, name, path, revision } = from;
  return {
    id,
    project,
    name,
    path,
    revision,
    repository: JSON.parse(from.repository) as DefinitionRow['repository'],
    yamlFilename: from.yaml_filename,
    variables: JSON.parse(from.variables) as DefinitionRow['variables'],
    queueStatus: from.queue_status,
    ...(from.default_pool !== null && { defaultPool: from.default_pool }),
    createdAt: from.created_at,
    updatedAt: from.updated_at,
    extra: JSON.parse(from.extra) as DefinitionRow['extra'],
  };
}
