import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { DEFAULT_LEASE_POLICY, type LeasePolicy } from '@signalbox/engine';
import { VERSION, type Instant, type Millis } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import type { FastifyInstance } from 'fastify';
import type { LevelWithSilent } from 'pino';
import type { App } from './app.ts';
import { adoptIdentities } from './auth/adopt.ts';
import { createOidcProvider, type OidcProvider } from './auth/oidc/provider.ts';
import type { OidcSettings } from './auth/oidc/settings.ts';
import { createFailedLogins } from './auth/failed-logins.ts';
import { diskBlobs } from './blobs/disk-blobs.ts';
import { outsideWork } from './callers/outside-work.ts';
import { azureGates } from './gates/azure/gates.ts';
import { createRepositories } from './git/repositories.ts';
import { LOOPBACK_HOSTS } from './http/guard/host.ts';
import { createHttpServer } from './http/http-server.ts';
import { DEFAULT_RATES } from './http/rates/default-rates.ts';
import { createRateLimits, type Rates } from './http/rates/rate-limits.ts';
import { isWebDirectory } from './http/web-files.ts';
import { createOpenWaits } from './http/guard/open-waits.ts';
import { inProcess, type InProcess, type InProcessFetch } from './in-process-fetch.ts';
import { LEASE_WAITS_PER_CALLER } from './limits.ts';
import { createLogger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { createNotifier } from './notify/create-notifier.ts';
import type { Notifier } from './notify/notifier.ts';
import { readAllowed } from './outbound/address-rules.ts';
import { createOutbound } from './outbound/create-outbound.ts';
import type { Outbound } from './outbound/outbound.ts';
import { systemResolver, type OutboundRules } from './outbound/resolve.ts';
import { ownKeys, type KeySource } from './secrets/key-source.ts';
import { openSecrets } from './secrets/open-secrets.ts';
import { createTriggers } from './triggers/create-triggers.ts';
import { NO_TRIGGERS, type Triggers } from './triggers/triggers.ts';
import { DEFAULT_POLL_TIMES, type PollTimes } from './triggers/watcher.ts';
import { createCompareRuns } from './work/compare-runs.ts';
import { createFeedHub } from './work/feed-hub.ts';
import { knownRepositories } from './work/known-repositories.ts';
import { observeWork } from './work/observe-work.ts';
import { startStorageKeeper } from './work/storage-keeper.ts';
import { startReconciler } from './work/reconciler.ts';
import { createWorker } from './work/worker.ts';

/** How to serve a store. The store stays the caller's: it is opened before and closed after. */
export interface ServerOptions {
  readonly store: Store;
  readonly organization: string;
  readonly host: string;
  /** 0 takes any free port; absent: it does not listen, and only `fetch` reaches it. */
  readonly port?: number;
  /** Where mirrors of repositories and the files of artifacts are kept; replicas share one folder. */
  readonly dataFolder: string;
  /** How long artifacts of finished runs are kept. Default: as long as their runs (ART-7). */
  readonly artifactAgeMs?: Millis;
  /** The built files of the web; without them the server has an API only. */
  readonly webDirectory?: string;
  /** Where the keys of the secrets come from. Default: `secret.key` of the data folder, made if there is none. */
  readonly keys?: KeySource;
  /** How others reach this server, without the organisation; default: the address it listens on. */
  readonly publicUrl?: string;
  /** Which private addresses the server may call, and what it must never call. Default: public addresses only. */
  readonly outbound?: Partial<Pick<OutboundRules, 'allowed' | 'denied'>>;
  /** The provider that signs people in. Default: none, people sign in with tokens. */
  readonly oidc?: OidcSettings;
  /** Whether pipelines may come from folders of this machine. Default: true. */
  readonly localRepositories?: boolean;
  /** By address of a repository: the one commit that stands in for every other that a file names. Default: none does. */
  readonly standInCommits?: Readonly<Record<string, string>>;
  /** The policy that the store's engine was given; tests set seconds. */
  readonly leasePolicy?: LeasePolicy;
  /** How long an agent's question is kept open. Default 30 s. */
  readonly pollWaitMs?: Millis;
  /** The store's clock. Default: this machine's. */
  readonly clock?: () => Instant;
  /** How often repositories are looked at; absent: nothing starts by itself. */
  readonly polling?: Partial<PollTimes>;
  /** How much may be asked. Default: more than any honest client asks. */
  readonly rates?: Partial<Rates>;
  readonly logLevel?: LevelWithSilent;
}

/** A server at work. */
export interface RunningServer {
  /** `http://host:port`, without the organisation. */
  readonly url: string;
  /** `http://host:port/organisation`, what clients take as their base. */
  readonly baseUrl: string;
  readonly port: number;
  /** The HTTP side; tests ask it without a socket. */
  readonly http: FastifyInstance;
  /** Asks this server inside the process, without a socket. */
  readonly fetch: InProcessFetch;
  /** Does everything that is due now; for tests that move the clock. */
  settle(): Promise<void>;
  /** Ends open streams and polls, finishes requests under way, stops the dispatcher. */
  close(): Promise<void>;
}

/** The server cannot listen; the message is one sentence that says what to do. */
export class ListenError extends Error {
  readonly code: 'port-in-use' | 'address-not-usable';

  constructor(code: ListenError['code'], message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'ListenError';
    this.code = code;
  }
}

/** Serves a store over HTTP and keeps it moving. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const address = { url: options.publicUrl?.replace(/\/+$/, '') ?? '' };
  const late: { inside?: InProcess; notifier?: Notifier; triggers?: Triggers } = {};
  const outbound = wayOut(options, { address, late });
  await adoptIdentities(options.store, (options.clock ?? Date.now)());
  const parts = await createApp(options, { address, outbound, late });
  const http = await createHttpServer(parts.app);
  const inside = inProcess(http);
  late.inside = inside;
  const close = async (): Promise<void> => {
    outbound.stop();
    await parts.app.hub.close();
    await inside.idle();
    await closeHttp(http);
    parts.stopReconciler();
    await parts.app.rotation.stop();
    await late.triggers?.stop();
    await late.notifier?.stop();
    await parts.app.worker.stop();
  };
  try {
    if (options.port === undefined) await http.ready();
    else await http.listen({ host: options.host, port: options.port });
  } catch (cause) {
    await close();
    throw listenError(options, cause);
  }
  const port = options.port === undefined ? 0 : portOf(http);
  const url = `http://${hostInUrl(options.host)}:${port}`;
  if (address.url === '') address.url = url;
  parts.app.logger.info({ url, organization: options.organization }, 'server-listening');
  await parts.app.rotation.resume();
  // Not before: what it tells has links to this address.
  const notifier = (late.notifier = createNotifier(parts.app, outbound));
  const triggers = (late.triggers =
    options.polling === undefined
      ? NO_TRIGGERS
      : createTriggers(parts.app, { ...DEFAULT_POLL_TIMES, ...options.polling }));
  const settle = async (): Promise<void> => {
    await triggers.settle();
    await parts.app.worker.settle();
    await triggers.settle();
    await parts.app.worker.settle();
    await notifier.settle();
  };
  return { url, baseUrl: parts.app.baseUrl(), port, http, fetch: inside.fetch, settle, close };
}

/** The provider has a way out of its own: what the operator named as the issuer is open to it, and to nothing else. */
function providerOf(
  options: ServerOptions,
  surroundings: Pick<Surroundings, 'address' | 'late'>,
): OidcProvider | undefined {
  const { oidc: settings, outbound: rules, clock = Date.now } = options;
  if (settings === undefined) return undefined;
  const { hostname, port, protocol } = settings.issuer;
  const usual = protocol === 'https:' ? '443' : '80';
  const issuer = readAllowed(`${hostname}:${port === '' ? usual : port}`);
  const allowed = [...(rules?.allowed ?? []), ...(issuer === undefined ? [] : [issuer])];
  const outbound = wayOut({ ...options, outbound: { ...rules, allowed } }, surroundings);
  return createOidcProvider(settings, { outbound, clock, root: () => surroundings.address.url });
}

/** The way out leads inside for calls to this very server, whose HTTP side comes later. */
function wayOut(
  options: ServerOptions,
  {
    address,
    late,
  }: { readonly address: { readonly url: string }; readonly late: { readonly inside?: InProcess } },
): Outbound {
  return createOutbound({
    allowed: [],
    denied: [],
    ...options.outbound,
    resolve: systemResolver,
    own: {
      origins: () => (address.url === '' ? [] : [new URL(address.url).origin]),
      async fetch(url, init) {
        if (late.inside === undefined) throw new Error('The server does not serve yet.');
        return late.inside.fetch(url, init);
      },
    },
  });
}

// Requests under way get their answers; one that never ends must not keep the server from closing.
const CLOSE_GRACE_MS = 3000;

async function closeHttp(http: FastifyInstance): Promise<void> {
  // A connection that becomes idle while the server closes would stay open until its keep-alive ends.
  const sweep = setInterval(() => http.server.closeIdleConnections(), 20);
  const force = setTimeout(() => http.server.closeAllConnections(), CLOSE_GRACE_MS);
  await http.close();
  clearInterval(sweep);
  clearTimeout(force);
}

/** What an app is made with besides its options; `late` is filled in once the server listens. */
interface Surroundings {
  readonly address: { readonly url: string };
  readonly outbound: Outbound;
  readonly late: {
    readonly inside?: InProcess;
    readonly notifier?: Notifier;
    readonly triggers?: Triggers;
  };
}

async function createApp(
  options: ServerOptions,
  { address, outbound, late }: Surroundings,
): Promise<{ readonly app: App; readonly stopReconciler: () => void }> {
  const { store, organization } = options;
  const clock = options.clock ?? Date.now;
  const logger = createLogger(options.logLevel ?? 'info');
  const metrics = createMetrics();
  const failed = (what: string) => (error: unknown) => logger.error({ err: error, what }, 'work-failed');
  const blobs = diskBlobs(join(options.dataFolder, 'blobs'), clock);
  const keys = options.keys ?? ownKeys(options.dataFolder);
  const secrets = await openSecrets({ keys, store, blobs, clock }, failed('rotation'));
  const { sealer } = secrets;
  const gates = azureGates({ store, sealer });
  const baseUrl = (): string => `${address.url}/${encodeURIComponent(organization)}`;
  const outside = outsideWork({ store, sealer, outbound, gates, clock, baseUrl });
  const policy = options.leasePolicy ?? DEFAULT_LEASE_POLICY;
  const repositories = createRepositories({
    folder: options.dataFolder,
    allowLocal: options.localRepositories ?? true,
    standIns: options.standInCommits ?? {},
  });
  const app: App = {
    store,
    blobs,
    organization,
    clock,
    logger,
    metrics,
    worker: createWorker(store, {
      clock,
      observer: observeWork(metrics, failed),
      outside,
      compareRuns: createCompareRuns(store, repositories),
    }),
    hub: await createFeedHub(store.journal, failed('feed')),
    ...lateParts(options, late),
    repositories,
    known: knownRepositories({ store, sealer }),
    ...boundsOf(options),
    oidc: providerOf(options, { address, late }),
    gates,
    ...secrets,
    instanceId: await store.settings.setOnce('instance-id', randomUUID()),
    leases: leaseTimes(options, policy),
    poolPolicy: policy,
    version: VERSION,
    baseUrl,
    addressOfCaller: options.publicUrl === undefined && !isLoopback(options.host),
    hosts: isLoopback(options.host) ? [...LOOPBACK_HOSTS, ...publicHost(options.publicUrl)] : undefined,
    secureCookies: options.publicUrl?.startsWith('https:') ?? false,
    webDirectory: webDirectory(options),
    artifactAge: options.artifactAgeMs,
  };
  return { app, stopReconciler: keepTidy(app, failed) };
}

/** What is asked of parts that are there once the server listens. */
function lateParts(
  { polling }: ServerOptions,
  late: Surroundings['late'],
): Pick<App, 'notifier' | 'triggers'> {
  return {
    notifier: { wake: () => late.notifier?.wake() },
    triggers: {
      on: polling !== undefined,
      wake: () => late.triggers?.wake(),
      look: async (...of) => late.triggers?.look(...of),
      stateOf: (...of) => late.triggers?.stateOf(...of),
    },
  };
}

function boundsOf({
  rates,
}: ServerOptions): Pick<App, 'failedLogins' | 'rates' | 'rateLimits' | 'leaseWaits'> {
  return {
    failedLogins: createFailedLogins(),
    rates: { ...DEFAULT_RATES, ...rates },
    rateLimits: createRateLimits(),
    leaseWaits: createOpenWaits(LEASE_WAITS_PER_CALLER),
  };
}

function leaseTimes({ pollWaitMs = 30_000 }: ServerOptions, policy: LeasePolicy): App['leases'] {
  return { renewEveryMs: policy.renewEveryMs, leaseMs: policy.leaseMs, pollWaitMs };
}

/** Starts what looks after rows and files now and then; answers what stops it. */
function keepTidy(app: App, failed: (what: string) => (error: unknown) => void): () => void {
  const { store, blobs, clock, artifactAge } = app;
  const kept = { store, blobs, clock, artifactAge };
  const stops = [startReconciler(store, failed('reconcile')), startStorageKeeper(kept, failed('storage'))];
  return () => stops.forEach((stop) => stop());
}

function webDirectory({ webDirectory: folder }: ServerOptions): string | undefined {
  return folder !== undefined && isWebDirectory(folder) ? folder : undefined;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function publicHost(url: string | undefined): readonly string[] {
  return url === undefined ? [] : [new URL(url).hostname.toLowerCase()];
}

function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return isIP(host) === 6 ? `[${host}]` : host;
}

function portOf(http: FastifyInstance): number {
  const address = http.server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

function listenError({ host, port }: ServerOptions, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE') {
    const message = `Port ${port} on ${host} is in use. Stop the program that has it, or choose another port.`;
    return new ListenError('port-in-use', message, { cause });
  }
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    const message = `The server cannot listen on ${host}:${port}. Choose an address of this machine and a port above 1023.`;
    return new ListenError('address-not-usable', message, { cause });
  }
  return cause;
}
