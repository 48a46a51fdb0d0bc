import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LeasePolicy } from '@signalbox/engine';
import { openStore, type Store } from '@signalbox/store';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import {
  createAgentToken,
  createEngine,
  ensureAdministrator,
  startServer,
  type RunningServer,
  type ServerOptions,
} from '../../src/index.ts';
import { watchShapes } from './shapes/watch-shapes.ts';
import { readAllowed } from '../../src/outbound/address-rules.ts';

/** Seconds, so that a lost agent is lost soon. */
const LEASES: LeasePolicy = { renewEveryMs: 500, leaseMs: 5000, marginMs: 200, silentMs: 5000 };
export const ADMIN = 'administrator-token-for-tests-0001';

/** A whole server over a memory store, asked without a socket. */
export interface TestServer {
  readonly server: RunningServer;
  readonly store: Store;
  readonly folder: string;
  /** As the administrator, below `/default`, unless told otherwise. */
  call(method: string, path: string, options?: CallOptions): Promise<LightMyRequestResponse>;
  /** The JSON of an answer that must be 2xx. */
  json<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
  agentToken(pool?: string): Promise<string>;
  token(role: string): Promise<string>;
  /** Ends the server and starts another one over the same store. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** How a call differs from the administrator's JSON. */
export interface CallOptions {
  readonly body?: unknown;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a test sets apart from the rest. */
export interface TestOptions {
  readonly pollWaitMs?: number;
  readonly webDirectory?: string;
  /** The clock of store and server; `server.settle()` does what is due by it. */
  readonly clock?: () => number;
  /** Looks at repositories: pushes, schedules and runs that end start runs. */
  readonly polling?: ServerOptions['polling'];
  /** How much may be asked; default: as servers start. */
  readonly rates?: ServerOptions['rates'];
  /** Requests are wrong on purpose: only what is answered has to be as `openapi.json` says. */
  readonly hostile?: true;
  /** The provider that signs people in. */
  readonly oidc?: ServerOptions['oidc'];
  /** What the server may call besides public addresses: `127.0.0.1:PORT`. */
  readonly outbound?: readonly string[];
}

/** Starts one; close it afterwards. */
export async function testServer(options: TestOptions = {}): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-server-'));
  const timed = options.clock === undefined ? {} : { clock: options.clock };
  const store = await openStore({ kind: 'memory', engine: createEngine(LEASES), ...timed });
  await ensureAdministrator(store, ADMIN);
  const given: ServerOptions = {
    store,
    organization: 'default',
    host: '127.0.0.1',
    port: 0,
    dataFolder: folder,
    leasePolicy: LEASES,
    pollWaitMs: options.pollWaitMs ?? 2000,
    logLevel: 'silent',
    ...timed,
    outbound: { allowed: (options.outbound ?? []).flatMap((text) => readAllowed(text) ?? []) },
    ...(options.oidc !== undefined && { oidc: options.oidc }),
    ...(options.rates !== undefined && { rates: options.rates }),
    ...(options.polling !== undefined && { polling: options.polling }),
    ...(options.webDirectory !== undefined && { webDirectory: options.webDirectory }),
  };
  const problems: (readonly string[])[] = [];
  const start = async (): Promise<RunningServer> => {
    const started = await startServer(given);
    problems.push(watchShapes(started.http, options));
    return started;
  };
  let server = await start();
  const call: TestServer['call'] = async (method, path, given = {}) => {
    const token = 'token' in given ? given.token : ADMIN;
    const request: InjectOptions = {
      method: method as 'GET',
      url: path.startsWith('//') ? path.slice(1) : `/default${path}`,
      headers: {
        host: '127.0.0.1',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(given.body !== undefined && { 'content-type': 'application/json' }),
        ...given.headers,
      },
      ...(given.body !== undefined && {
        payload: typeof given.body === 'string' ? given.body : JSON.stringify(given.body),
      }),
    };
    return server.http.inject(request);
  };
  return {
    get server() {
      return server;
    },
    store,
    folder,
    call,
    async json(method, path, body) {
      const response = await call(method, path, body === undefined ? {} : { body });
      if (response.statusCode >= 300)
        throw new Error(`${method} ${path}: ${response.statusCode} ${response.body}`);
      return (response.body === '' ? undefined : response.json()) as never;
    },
    agentToken: (pool = 'Default') => createAgentToken(store, { pool, name: `agents of ${pool}` }),
    async token(role) {
      const response = await call('POST', '/_apis/signalbox/tokens', { body: { name: role, role } });
      return response.json<{ secret: string }>().secret;
    },
    async restart() {
      await server.close();
      server = await start();
    },
    async close() {
      await server.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
      const [first, ...others] = new Set(problems.flat());
      if (first !== undefined)
        throw new Error(`Not as openapi.json says: ${[first, ...others.slice(0, 9)].join('\n')}`);
    },
  };
}
