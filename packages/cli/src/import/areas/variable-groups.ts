import { ROUTES } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { Area, Thing } from '../area.ts';
import { pick, recordOf, textOf } from '../json.ts';
import type { Remark } from '../report.ts';
import type { Side } from '../side.ts';
import { secretRemarks, variablesOf, wireVariables } from './variables.ts';

/** Variable groups with the values that are no secrets. */
export const variableGroupArea: Area = {
  name: 'variable-group',
  async read({ remote, project }) {
    const all = await remote.all(ROUTES.listVariableGroups, { path: { project } });
    return all.map(thingOf).filter(({ name }) => name !== '');
  },
  create,
};

function thingOf(value: unknown): Thing {
  const group = recordOf(value);
  const [name, type] = [textOf(group['name']), textOf(group['type']) || 'Vsts'];
  const variables = variablesOf(group['variables']);
  const mend = `Enter them: signalbox variable-groups set "${name}" --secret-file NAME=FILE`;
  return {
    name,
    id: textOf(group['id']),
    body: { ...pick(group, ['description']), variables },
    ...(fold(type) === 'vsts'
      ? { remarks: secretRemarks(name, variables, mend) }
      : { cannot: linked(name, type) }),
  };
}

function linked(name: string, type: string): Remark {
  return {
    code: 'variable-group-type',
    what: `${name} takes its values from ${type}; groups here have values of their own. Its checks and permissions stay behind.`,
    mend: `Make a group with the values: signalbox variable-groups create "${name}" --secret-file NAME=FILE`,
  };
}

async function create({ remote, project, projectId }: Side, { name, body }: Thing): Promise<void> {
  const description = body['description'];
  const reference = { projectReference: { id: projectId, name: project }, name, description };
  await remote.json(ROUTES.createVariableGroup, {
    body: {
      name,
      description,
      type: 'Vsts',
      variables: wireVariables(body['variables']),
      variableGroupProjectReferences: [reference],
    },
  });
}
