import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitUntil } from './wait.ts';

const launcher = fileURLToPath(new URL('../../packages/cli/bin/signalbox.js', import.meta.url));
/** On a machine that is busy with other things a server takes its time. */
const START_MS = 180_000;
const token = 'test-administrator-token-0123456789';

/** How a test starts the real thing: `signalbox up` in a process of its own. */
export interface UpOptions {
  readonly agents?: number;
  readonly demo?: boolean;
  /** Seconds after which an agent that is not heard of counts as lost. */
  readonly agentLease?: number;
  /** Kept by the caller when given; made and removed otherwise. */
  readonly dataFolder?: string;
  readonly port?: number;
  readonly databaseUrl?: string;
  /** Requests of one token in a second; default: as servers start. */
  readonly requestRate?: number;
  /** Pushes, schedules and ends of runs start runs; otherwise tests queue their runs themselves. */
  readonly triggers?: boolean;
  /** `HOST:PORT` that the server may call though they are private. */
  readonly allowOutbound?: readonly string[];
  /** Variables that the server and its agents find besides those of the test. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** How to talk to a server, whoever started it. */
export interface Reach {
  /** With the organisation, without a slash at the end. */
  readonly url: string;
  /** Of an administrator. */
  readonly token: string;
  /** Calls the REST API; throws with the body when the status is not 2xx. */
  rest<T = unknown>(method: string, path: string, body?: unknown): Promise<T>;
}

/** A running `signalbox up`. */
export interface Signalbox extends Reach {
  readonly port: number;
  /** Of the process of the server. */
  readonly pid: number;
  readonly dataFolder: string;
  /** Everything the process printed. */
  output(): string;
  /** `kill -9` of the server alone; its agents live on. */
  kill(): Promise<void>;
  /** Ctrl-C: ends the server and its agents. */
  stop(): Promise<void>;
  /** Runs `signalbox ARGUMENTS` against this server. */
  cli(...args: readonly string[]): Promise<CliResult>;
}

/** What a command printed and how it ended. */
export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Starts `signalbox up` and waits until `/readyz` answers 200. */
export async function startSignalbox(options: UpOptions = {}): Promise<Signalbox> {
  const port = options.port ?? (await freePort());
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'signalbox-test-'));
  const child = spawn(process.execPath, upArguments(port, dataFolder, options), {
    env: { ...process.env, ...options.environment, SIGNALBOX_ADMIN_TOKEN: token, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = collect(child);
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  const url = `http://127.0.0.1:${port}/default`;
  const box: Signalbox = {
    ...reach({ url, token }),
    port,
    pid: child.pid ?? 0,
    dataFolder,
    output: printed,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      child.kill('SIGINT');
      await exited;
      if (options.dataFolder === undefined) rmSync(dataFolder, { recursive: true, force: true });
    },
    cli: (...args) => runCli(args, { SIGNALBOX_URL: url, SIGNALBOX_TOKEN: token }),
  };
  await waitUntil(
    `server on port ${port} is ready`,
    async () => {
      if (child.exitCode !== null)
        throw new Error(`signalbox up ended with ${child.exitCode}:\n${printed()}`);
      return (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.status === 200;
    },
    START_MS,
  );
  return box;
}

/** Talks to a server that another process started. */
export function reach({ url, token: secret }: Pick<Reach, 'url' | 'token'>): Reach {
  return {
    url,
    token: secret,
    rest: (method, path, body) => rest(`${url}${path}`, { method, secret, body }),
  };
}

/** Runs a `signalbox` command to its end. */
function runCli(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliResult> {
  const child = spawn(process.execPath, [launcher, ...args], {
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((done) => child.once('close', (code) => done({ code: code ?? -1, out, err })));
}

/** A loopback port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function upArguments(port: number, dataFolder: string, options: UpOptions): string[] {
  const args = [launcher, 'up', '--port', String(port), '--data', dataFolder];
  args.push('--agents', String(options.agents ?? 2));
  if (options.demo) args.push('--demo');
  if (options.triggers !== true) args.push('--no-triggers');
  if (options.agentLease !== undefined) args.push('--agent-lease', String(options.agentLease));
  if (options.requestRate !== undefined) args.push('--request-rate', String(options.requestRate));
  if (options.databaseUrl !== undefined) args.push('--database-url', options.databaseUrl);
  for (const target of options.allowOutbound ?? []) args.push('--allow-outbound', target);
  return args;
}

function collect(child: ChildProcess): () => string {
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (part: string) => (text += part));
  child.stderr?.setEncoding('utf8').on('data', (part: string) => (text += part));
  return () => text;
}

async function rest<T>(
  address: string,
  { method, secret, body }: { readonly method: string; readonly secret: string; readonly body: unknown },
): Promise<T> {
  const response = await fetch(address, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`:${secret}`).toString('base64')}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${address}: ${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
