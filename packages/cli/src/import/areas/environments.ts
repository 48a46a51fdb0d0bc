import { ROUTES } from '@signalbox/api';
import type { Area, Thing } from '../area.ts';
import { listOf, pick, recordOf, textOf } from '../json.ts';
import { PREVIEW } from '../remote.ts';
import type { Remark } from '../report.ts';
import type { Side } from '../side.ts';

/** Environments; machines and clusters in them register themselves, or cannot be here. */
export const environmentArea: Area = {
  name: 'environment',
  read,
  async create({ remote, project }, { name, body }) {
    await remote.json(ROUTES.createEnvironment, {
      path: { project },
      body: { name, description: body['description'] ?? '' },
    });
  },
};

async function read({ remote, project }: Side): Promise<readonly Thing[]> {
  const all = await remote.all(ROUTES.listEnvironments, { path: { project }, version: PREVIEW });
  const things: Thing[] = [];
  for (const one of all.map(recordOf)) {
    const [name, id] = [textOf(one['name']), textOf(one['id'])];
    if (name === '' || id === '') continue;
    const whole = await remote.find(ROUTES.getEnvironment, {
      path: { project, environmentId: id },
      query: { expands: 'resourceReferences' },
      version: PREVIEW,
    });
    const resources = listOf(recordOf(whole)['resources']).map(recordOf);
    const remarks = resources.map((resource) => remarkOf(name, textOf(resource['name']), resource['type']));
    things.push({ name, id, body: pick(one, ['description']), remarks });
  }
  return things;
}

function remarkOf(environment: string, name: string, type: unknown): Remark {
  // By its number, or by its word (REST.md §2.6).
  if (type === 'virtualMachine' || type === 2) {
    return {
      code: 'machine-to-register',
      what: `The machine ${name} of ${environment} registers itself.`,
      mend: `Start the agent on it: signalbox agent --environment "${environment}"`,
    };
  }
  return {
    code: 'resource-type',
    what: `The resource ${name} of ${environment} is no machine; other resources are not supported.`,
    mend: 'Let the jobs that deploy to it name the environment alone.',
  };
}
