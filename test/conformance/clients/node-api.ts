import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import * as newest from 'azure-devops-node-api';
import * as older from 'azure-devops-node-api-14';
import { zip } from '../../../packages/server/test/support/stored-zip.ts';

/** The clients of the library whose calls the table names. */
export type ApiName = (typeof APIS)[number];

const APIS = ['Build', 'Pipelines', 'TaskAgent', 'ServiceEndpoint', 'Core', 'Locations'] as const;

/** One version of the library, unchanged: makes a client for an address and a token. */
export interface NodeApi {
  readonly version: string;
  /** Its name as a dependency. */
  readonly package: string;
  readonly apis: readonly ApiName[];
  connect(url: string, token: string): NodeClient;
}

/** Calls the library by the name of a client and of one of its functions. */
export type NodeClient = (api: ApiName, call: string, args: readonly unknown[]) => Promise<unknown>;

/** The newest version, and one before it. */
export const NODE_APIS: readonly NodeApi[] = [
  {
    version: '17.0.1',
    package: 'azure-devops-node-api',
    apis: APIS,
    connect: (url, token) => clientOf(new newest.WebApi(url, newest.getHandlerFromToken(token))),
  },
  {
    version: '14.1.0',
    package: 'azure-devops-node-api-14',
    // It has no client for service connections.
    apis: APIS.filter((api) => api !== 'ServiceEndpoint'),
    connect: (url, token) => clientOf(new older.WebApi(url, older.getHandlerFromToken(token))),
  },
];

const load = createRequire(import.meta.url);

/** Every call of the clients of a version: `Build.getBuild`, the own and the inherited ones. */
export function callsOf(library: NodeApi): readonly string[] {
  return library.apis.flatMap((api) => {
    const module: unknown = load(`${library.package}/${api}Api`);
    const client: unknown = Reflect.get(Object(module), `${api}Api`);
    if (typeof client !== 'function') throw new Error(`There is no ${api}Api in ${library.package}.`);
    return [...new Set(namesOf(Reflect.get(client, 'prototype')))].map((name) => `${api}.${name}`);
  });
}

/** The functions of a class and of what it extends, but for the base of all clients. */
function namesOf(prototype: unknown): readonly string[] {
  if (!(prototype instanceof Object) || prototype.constructor.name === 'ClientApiBase') return [];
  const own = Object.getOwnPropertyNames(prototype).filter(
    (name) => name !== 'constructor' && !name.startsWith('_'),
  );
  return [...own, ...namesOf(Object.getPrototypeOf(prototype))];
}

/** What a call uploads: `{ text }` is a stream of it, `{ zip }` one of a zip of these files, as text or JSON. */
function argument(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  if ('text' in value) return Readable.from([Buffer.from(String(value.text))]);
  if (!('zip' in value)) return value;
  const files = Object.entries(Object(value.zip)).map(([name, content]) => [
    name,
    typeof content === 'string' ? content : JSON.stringify(content),
  ]);
  return Readable.from([zip(Object.fromEntries(files) as Record<string, string>)]);
}

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
    const answer: unknown = await Reflect.apply(call, client, args.map(argument));
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
