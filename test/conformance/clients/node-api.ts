import type { Readable } from 'node:stream';
import * as newest from 'azure-devops-node-api';
import * as older from 'azure-devops-node-api-14';

/** The clients of the library whose calls the table names. */
export type ApiName = 'Build' | 'Pipelines' | 'TaskAgent' | 'ServiceEndpoint' | 'Core' | 'Locations';

/** One version of the library, unchanged: makes a client for an address and a token. */
export interface NodeApi {
  readonly version: string;
  connect(url: string, token: string): NodeClient;
}

/** Calls the library by the name of a client and of one of its functions. */
export type NodeClient = (api: ApiName, call: string, args: readonly unknown[]) => Promise<unknown>;

/** The newest version, and one before it. */
export const NODE_APIS: readonly NodeApi[] = [
  {
    version: '17.0.1',
    connect: (url, token) => clientOf(new newest.WebApi(url, newest.getHandlerFromToken(token))),
  },
  {
    version: '14.1.0',
    connect: (url, token) => clientOf(new older.WebApi(url, older.getHandlerFromToken(token))),
  },
];

function clientOf(web: newest.WebApi | older.WebApi): NodeClient {
  const clients: Readonly<Record<ApiName, () => Promise<object>>> = {
    Build: () => web.getBuildApi(),
    Pipelines: () => web.getPipelinesApi(),
    TaskAgent: () => web.getTaskAgentApi(),
    ServiceEndpoint: () => serviceEndpoints(web),
    Core: () => web.getCoreApi(),
    Locations: () => web.getLocationsApi(),
  };
  return async (api, name, args) => {
    const client = await clients[api]();
    const call: unknown = Reflect.get(client, name);
    if (typeof call !== 'function') throw new Error(`This version has no ${api}.${name}.`);
    // The library takes its parameters by position; null and absent are the same to it.
    const answer: unknown = await Reflect.apply(
      call,
      client,
      args.map((one) => one ?? undefined),
    );
    return isStream(answer) ? textOf(answer) : answer;
  };
}

/** The older version has no client for service connections. */
async function serviceEndpoints(web: newest.WebApi | older.WebApi): Promise<object> {
  if (web instanceof newest.WebApi) return web.getServiceEndpointApi();
  throw new Error('This version has no client for service connections.');
}

function isStream(value: unknown): value is Readable {
  return typeof value === 'object' && value !== null && 'pipe' in value;
}

async function textOf(stream: Readable): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts).toString('latin1');
}
