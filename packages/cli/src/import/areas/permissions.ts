import { ROUTES } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { Area, Thing } from '../area.ts';
import { listOf, recordOf, textOf } from '../json.ts';
import { PREVIEW } from '../remote.ts';
import { RemoteProblem } from '../remote-problem.ts';
import type { Remark } from '../report.ts';
import type { Side } from '../side.ts';
import { findProtected, protectedOf, type Protected } from './protected.ts';

/** Which pipelines may use what is protected. */
export const permissionArea: Area = {
  name: 'permission',
  read: async (side) => permissionsOf(side, protectedOf(side)),
  async twins(target, wanted) {
    const resources = wanted.map(({ name }) => resourceNamed(target, name));
    return permissionsOf(
      target,
      resources.filter((one) => one !== undefined),
    );
  },
  create,
};

/** A permission is called by the type and the name of its resource. */
function resourceNamed(side: Side, name: string): Protected | undefined {
  const at = name.indexOf(' ');
  return findProtected(side, name.slice(0, at), name.slice(at + 1));
}

async function permissionsOf(side: Side, resources: readonly Protected[]): Promise<readonly Thing[]> {
  const things: Thing[] = [];
  for (const resource of resources) {
    const answer = await side.remote.json(ROUTES.getPipelinePermissions, {
      path: { project: side.project, resourceType: resource.type, resourceId: resource.id },
      version: PREVIEW,
    });
    const thing = thingOf(side, resource, answer);
    if (thing !== undefined) things.push(thing);
  }
  return things;
}

function thingOf(side: Side, { type, id, name }: Protected, answer: unknown): Thing | undefined {
  const fields = recordOf(answer);
  const all = recordOf(fields['allPipelines'])['authorized'];
  const permitted = listOf(fields['pipelines'])
    .map(recordOf)
    .filter(({ authorized }) => authorized === true)
    .map((pipeline) => textOf(pipeline['id']));
  // On Azure nothing said is nothing permitted; here it leaves the resource open.
  if (side.isSignalbox && all === undefined && permitted.length === 0) return undefined;
  const names = permitted.map((pipeline) => side.nameOf('pipeline', pipeline));
  const pipelines = names.filter((one) => one !== undefined).toSorted((a, b) => (fold(a) < fold(b) ? -1 : 1));
  const lost = permitted.filter((_, index) => names[index] === undefined);
  return {
    name: `${type} ${name}`,
    id,
    body: { allPipelines: all === true, pipelines },
    ...(lost.length > 0 && { remarks: [notHere(`${type} ${name}`, lost)] }),
  };
}

function notHere(name: string, lost: readonly string[]): Remark {
  return {
    code: 'pipeline-not-here',
    what: `Pipelines that were not brought over may use ${name} there: ${lost.join(', ')}.`,
    mend: 'Once they are here, permit them: signalbox environments permit --help',
  };
}

async function create(side: Side, { name, body }: Thing): Promise<void> {
  const resource = resourceNamed(side, name);
  if (resource === undefined) throw new RemoteProblem('refused', `${name} is not here.`);
  const pipelines = listOf(body['pipelines'])
    .map(textOf)
    .map((pipeline) => {
      const id = side.idOf('pipeline', pipeline);
      if (id === undefined) throw new RemoteProblem('refused', `The pipeline ${pipeline} is not here.`);
      return { id: Number(id), authorized: true };
    });
  await side.remote.json(ROUTES.changePipelinePermissions, {
    path: { project: side.project, resourceType: resource.type, resourceId: resource.id },
    body: { allPipelines: { authorized: body['allPipelines'] === true }, pipelines },
  });
}
