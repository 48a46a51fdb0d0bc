import { ROUTES } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { Area, Thing } from '../area.ts';
import { pick, recordOf, textOf } from '../json.ts';
import type { Remark } from '../report.ts';
import type { Side } from '../side.ts';

/** Service connections: names, types and addresses. What they prove themselves with is never told. */
export const connectionArea: Area = {
  name: 'connection',
  async read({ remote, project }) {
    const all = await remote.all(ROUTES.listConnections, { path: { project } });
    return all.map(thingOf).filter(({ name }) => name !== '');
  },
  create,
};

function thingOf(value: unknown): Thing {
  const connection = recordOf(value);
  const authorization = recordOf(connection['authorization']);
  const [name, type] = [textOf(connection['name']), textOf(connection['type'])];
  const scheme = textOf(authorization['scheme']) || 'None';
  const username = textOf(recordOf(authorization['parameters'])['username']);
  return {
    name,
    id: textOf(connection['id']),
    body: {
      type: fold(type),
      ...pick(connection, ['description', 'url']),
      scheme,
      ...(username !== '' && { username }),
    },
    ...(fold(type) !== 'generic' && { cannot: otherType(name, type) }),
    ...(fold(scheme) !== 'none' && { remarks: [secret(name)] }),
  };
}

function otherType(name: string, type: string): Remark {
  return {
    code: 'connection-type',
    what: `${name} has the type ${type || '(none)'}; service connections here are generic. Its checks and permissions stay behind.`,
    mend: `Where an address with a token will do, make one: signalbox connections create "${name}" URL --token-file FILE`,
  };
}

function secret(name: string): Remark {
  return {
    code: 'secret-to-enter',
    what: `The secret of ${name} cannot be read.`,
    mend: `Enter it: signalbox connections set "${name}" --token-file FILE, or --username NAME --password-file FILE`,
  };
}

async function create({ remote, project, projectId }: Side, { name, body }: Thing): Promise<void> {
  const { scheme, username, ...rest } = body;
  const reference = { projectReference: { id: projectId, name: project }, name };
  await remote.json(ROUTES.createConnection, {
    body: {
      ...rest,
      name,
      authorization: { scheme, parameters: username === undefined ? {} : { username } },
      serviceEndpointProjectReferences: [{ ...reference, description: rest['description'] }],
    },
  });
}
