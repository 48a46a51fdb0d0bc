import { ROUTES } from '@signalbox/api';
import type { Area, Thing } from '../area.ts';
import { listOf, pick, recordOf, textOf, type JsonRecord } from '../json.ts';
import { RemoteProblem } from '../remote-problem.ts';
import type { Remark } from '../report.ts';
import type { Side } from '../side.ts';
import { secretRemarks, variablesOf, wireVariables } from './variables.ts';

/** What is kept of a pipeline as it is. */
const KEPT = [
  'description',
  'queueStatus',
  'buildNumberFormat',
  'jobAuthorizationScope',
  'jobTimeoutInMinutes',
  'jobCancelTimeoutInMinutes',
  'badgeEnabled',
];

/** Pipelines whose file is YAML; runs stay where they are. */
export const pipelineArea: Area = { name: 'pipeline', read, create };

async function read({ remote, project }: Side): Promise<readonly Thing[]> {
  const version = '7.1-preview.7';
  const all = await remote.all(ROUTES.listDefinitions, { path: { project }, version });
  const things: Thing[] = [];
  for (const { id } of all.map(recordOf)) {
    const definitionId = textOf(id);
    if (definitionId === '') continue;
    const path = { project, definitionId };
    const definition = await remote.find(ROUTES.getDefinition, { path, version });
    // It may have been deleted meanwhile.
    if (definition !== undefined) things.push(thingOf(recordOf(definition)));
  }
  return things.filter(({ name }) => !name.endsWith('\\'));
}

/** A pipeline is known by its folder and its name. */
function nameOf(definition: JsonRecord): string {
  const folder = textOf(definition['path']).replace(/\\+$/, '');
  return `${folder}\\${textOf(definition['name'])}`;
}

function thingOf(definition: JsonRecord): Thing {
  const process = recordOf(definition['process']);
  const yamlFilename = textOf(process['yamlFilename']).replace(/^\/+/, '');
  const name = nameOf(definition);
  const id = textOf(definition['id']);
  if (yamlFilename === '') return { name, id, body: {}, cannot: classic(name) };
  const variables = variablesOf(definition['variables']);
  const mend = 'Enter them in the settings of the pipeline, or move them to a variable group.';
  return {
    name,
    id,
    body: {
      ...pick(definition, KEPT),
      yamlFilename,
      repository: repositoryOf(recordOf(definition['repository'])),
      queue: textOf(recordOf(definition['queue'])['name']),
      variables,
      variableGroups: listOf(definition['variableGroups'])
        .map((group) => textOf(recordOf(group)['name']))
        .filter((group) => group !== ''),
      triggers: listOf(definition['triggers']),
    },
    remarks: secretRemarks(name, variables, mend),
  };
}

function classic(name: string): Remark {
  return {
    code: 'classic-pipeline',
    what: `${name} was made in the classic editor; it has no file.`,
    mend: 'Export it to YAML there (View YAML), commit the file, and make a pipeline of it.',
  };
}

function repositoryOf(repository: JsonRecord): JsonRecord {
  const clone = textOf(recordOf(repository['properties'])['cloneUrl']);
  return {
    ...pick(repository, ['type', 'name', 'defaultBranch']),
    url: textOf(repository['url']) || clone,
  };
}

async function create(side: Side, { name, body }: Thing): Promise<void> {
  const { yamlFilename, repository, queue, variables, variableGroups, ...rest } = body;
  const at = name.lastIndexOf('\\');
  await side.remote.json(ROUTES.createDefinition, {
    path: { project: side.project },
    body: {
      ...rest,
      name: name.slice(at + 1),
      path: name.slice(0, at) || '\\',
      process: { type: 2, yamlFilename },
      repository,
      ...(queue !== '' && { queue: { name: queue } }),
      variables: wireVariables(variables),
      ...(listOf(variableGroups).length > 0 && { variableGroups: groupsOf(side, listOf(variableGroups)) }),
    },
  });
}

function groupsOf(side: Side, names: readonly unknown[]): readonly JsonRecord[] {
  return names.map(textOf).map((name) => {
    const id = side.idOf('variable-group', name);
    if (id === undefined)
      throw new RemoteProblem('refused', `The variable group ${name}, which it names, is not here.`);
    return { id: Number(id), name };
  });
}
