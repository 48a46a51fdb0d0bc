import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type Client } from '@signalbox/api';
import { createEngine, ensureAdministrator, startServer, type RunningServer } from '@signalbox/server';
import { openStore, type Store } from '@signalbox/store';

/** A server on loopback that keeps everything in memory, for commands to talk to. */
export interface TestServer {
  readonly store: Store;
  readonly server: RunningServer;
  /** An administrator's client. */
  readonly client: Client;
  /** The administrator's token. */
  readonly secret: string;
  /** `--url … --token …` of the administrator. */
  readonly access: readonly string[];
  /** The server's own folder; a test may put files beside what the server keeps there. */
  readonly folder: string;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

/** Starts it with an administrator and nothing else. */
export async function startTestServer(): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-cli-'));
  const store = await openStore({ kind: 'memory', engine: createEngine() });
  const { secret } = await ensureAdministrator(store);
  const listen = { host: '127.0.0.1', port: 0, organization: 'default' };
  const server = await startServer({ store, ...listen, dataFolder: folder, logLevel: 'silent' });
  return {
    store,
    server,
    client: createClient({ baseUrl: server.baseUrl, token: secret, fetch: server.fetch }),
    secret,
    access: ['--url', server.baseUrl, '--token', secret],
    folder,
    async stop() {
      await server.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Makes the folder a git repository whose `main` has this pipeline. */
export function commitPipeline(folder: string, yaml: string): void {
  writeFileSync(join(folder, 'azure-pipelines.yml'), yaml);
  const git = (...args: readonly string[]): Buffer => execFileSync('git', ['-C', folder, ...args]);
  git('init', '-q', '-b', 'main');
  git('add', 'azure-pipelines.yml');
  git('-c', 'user.name=test', '-c', 'user.email=test@localhost', 'commit', '-q', '-m', 'pipeline');
}
