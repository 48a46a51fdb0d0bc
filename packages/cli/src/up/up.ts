import { createClient } from '@signalbox/api';
import { minutes } from '@signalbox/model';
import {
  createAgentToken,
  createSignInCode,
  DEFAULT_POOL,
  leasePolicy,
  ratesOf,
  startServer,
  type KeySource,
  type OidcSettings,
  type RunningServer,
  type ServerOptions,
} from '@signalbox/server';
import type { Store } from '@signalbox/store';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Context } from '../context.ts';
import { defaultDataFolder, tokenFile } from '../data-folder.ts';
import { setUpDemo } from '../demo/demo.ts';
import { superviseLocalAgents, type LocalAgents } from '../local-agents/supervisor.ts';
import { administrator, type KnownAdministrator } from './administrator.ts';
import { localAgentSecret } from './local-agent-secret.ts';
import { outboundRules } from './outbound-rules.ts';
import { oidcSettings } from './oidc-settings.ts';
import { inOneSentence } from './problems.ts';
import { secretKeys } from './secret-keys.ts';
import { openDataStore } from './store.ts';
import { untilStopped } from './until-stopped.ts';
import type { UpOptions } from './up-options.ts';

const DEFAULT_AGENTS = 2;
const DEMO_AGENTS = 4;

/** Starts everything, says where it is, and stays until it is told to end. Problems are told in one sentence. */
export async function up(context: Context, options: UpOptions): Promise<void> {
  // Before anything is made: a mistake in the command line leaves nothing behind.
  const outbound = outboundRules(options);
  const keys = secretKeys(options);
  const oidc = oidcSettings(options);
  const dataFolder = options.data ?? defaultDataFolder();
  const store = await inOneSentence(() => openDataStore(dataFolder, options));
  try {
    const admin = await inOneSentence(() => administrator(store, dataFolder));
    const server = await inOneSentence(() => serve(store, dataFolder, { ...options, outbound, keys, oidc }));
    try {
      await attend(context, options, { store, server, admin, dataFolder });
    } finally {
      await server.close();
    }
  } finally {
    await store.close();
  }
}

interface Parts {
  readonly store: Store;
  readonly server: RunningServer;
  readonly admin: KnownAdministrator;
  readonly dataFolder: string;
}

async function attend(context: Context, options: UpOptions, parts: Parts): Promise<void> {
  const agents = await startAgents(context, options, parts);
  try {
    await announce(context, parts);
    if (options.demo) {
      const client = createClient({
        baseUrl: parts.server.baseUrl,
        token: parts.admin.secret,
        fetch: (url, init) => fetch(url, init),
      });
      await setUpDemo(client, parts.dataFolder);
      context.terminal.err('The demo is set up: project Demo, two pipelines, one locked environment.\n');
    }
    await untilStopped(context.terminal, agents);
  } catch (error) {
    await agents.stop('cancel');
    throw error;
  }
}

function serve(
  store: Store,
  dataFolder: string,
  options: UpOptions &
    Pick<ServerOptions, 'outbound'> & {
      readonly keys: KeySource | undefined;
      readonly oidc: OidcSettings | undefined;
    },
): Promise<RunningServer> {
  return startServer({
    store,
    organization: options.organization,
    host: options.host,
    port: options.port,
    dataFolder,
    webDirectory: webDirectory(),
    logLevel: 'warn',
    rates: ratesOf(options.requestRate),
    leasePolicy: leasePolicy(options.agentLease, options.parallelJobs),
    ...(options.triggers && { polling: pollTimes(options) }),
    ...(options.keys !== undefined && { keys: options.keys }),
    ...(options.oidc !== undefined && { oidc: options.oidc }),
    ...(options.outbound !== undefined && { outbound: options.outbound }),
    ...(options.publicUrl !== undefined && { publicUrl: options.publicUrl }),
    ...(options.artifactDays !== undefined && { artifactAgeMs: minutes(options.artifactDays * 24 * 60) }),
  });
}

/** How often repositories are looked at. */
function pollTimes({ poll }: UpOptions): NonNullable<ServerOptions['polling']> {
  return poll === undefined ? {} : { remoteMs: poll * 1000 };
}

/** The built pages, as the package `@signalbox/web` holds them. */
function webDirectory(): string {
  return fileURLToPath(new URL('.', import.meta.resolve('@signalbox/web/dist/index.html')));
}

async function startAgents(context: Context, options: UpOptions, parts: Parts): Promise<LocalAgents> {
  const { store, server, dataFolder } = parts;
  const secret = localAgentSecret(dataFolder);
  await createAgentToken(store, { pool: DEFAULT_POOL, name: 'local agents', secret });
  return superviseLocalAgents({
    count: options.agents ?? (options.demo ? DEMO_AGENTS : DEFAULT_AGENTS),
    dataFolder,
    serverUrl: server.baseUrl,
    token: secret,
    pool: DEFAULT_POOL,
    command: [process.execPath, ...process.execArgv, process.argv[1] ?? ''],
    onExit: (name) =>
      context.terminal.err(
        `Agent ${name} ended; see ${join(dataFolder, 'agents', name, 'agent.log')}. It is started again.\n`,
      ),
  });
}

async function announce(context: Context, { store, server, admin, dataFolder }: Parts): Promise<void> {
  const code = await createSignInCode(store, admin.token.id);
  const lines = [
    `Signalbox is at ${server.url}/`,
    `Sign your browser in (once, within 10 minutes): ${server.url}/signin?code=${code}`,
    admin.fresh
      ? `The administrator's token, shown this once: ${admin.secret}`
      : `The administrator's token is the one you gave before.`,
    admin.kept
      ? `It is kept in ${tokenFile(dataFolder)} for the commands of this machine.`
      : 'It comes from SIGNALBOX_ADMIN_TOKEN.',
    `REST: ${server.baseUrl}/_apis`,
  ];
  context.terminal.out(`${lines.join('\n')}\n`);
}
