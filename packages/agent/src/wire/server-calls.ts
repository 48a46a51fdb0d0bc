import {
  createTransport,
  ROUTES,
  type ConnectRequest,
  type ConnectResponse,
  type Fetch,
  type FetchResponse,
  type LeaveRequest,
  type LogRequest,
  type PollRequest,
  type PollResponse,
  type RenewRequest,
  type RenewResponse,
  type WaitRequest,
  type ReportRequest,
  type CallOf,
  type RouteOf,
  type Shape,
} from '@signalbox/api';
import type { AgentId, JobRequestId } from '@signalbox/model';
import type { Answer } from './answer.ts';
import { fileCalls, type FileCalls } from './file-calls.ts';
import { withValidText } from './valid-text.ts';
import { within, type CallOptions } from './within.ts';

/**
 * The agent protocol, one method per route. Unlike the client of `@signalbox/api` nothing throws, every call has a
 * time limit, and the answer says whether asking again makes sense; nothing is repeated here.
 */
export interface ServerCalls {
  connect(pool: string, body: ConnectRequest, options?: CallOptions): Promise<Answer<ConnectResponse>>;
  poll(agent: AgentId, body: PollRequest, options?: CallOptions): Promise<Answer<PollResponse>>;
  leave(agent: AgentId, body: LeaveRequest, options?: CallOptions): Promise<Answer<void>>;
  renew(request: JobRequestId, body: RenewRequest, options?: CallOptions): Promise<Answer<RenewResponse>>;
  wait(request: JobRequestId, body: WaitRequest, options?: CallOptions): Promise<Answer<RenewResponse>>;
  report(request: JobRequestId, body: ReportRequest, options?: CallOptions): Promise<Answer<void>>;
  log(request: JobRequestId, body: LogRequest, options?: CallOptions): Promise<Answer<void>>;
  readonly files: FileCalls;
  /** The zip of a task package, still to be read. */
  taskPackage(
    request: JobRequestId,
    wanted: WantedPackage,
    options?: CallOptions,
  ): Promise<Answer<FetchResponse>>;
  /** The content of a secure file. */
  secureFile(wanted: WantedSecureFile, options?: CallOptions): Promise<Answer<Uint8Array>>;
}

/** A secure file that a job asks for, as itself: its token dies with it. */
export interface WantedSecureFile {
  readonly project: string;
  readonly id: string;
  readonly ticket: string;
  readonly token: string;
}

/** A task package that a job may have while its lease is good. */
export interface WantedPackage {
  readonly sha256: string;
  readonly lease: number;
}

/** Where the server is and how the agent proves itself. */
export interface ServerAddress {
  /** Base URL, organisation included. */
  readonly serverUrl: string;
  readonly token: string;
  readonly fetch: Fetch;
}

/** The calls to one server. */
export function serverCalls({ serverUrl, token, fetch }: ServerAddress): ServerCalls {
  const transport = createTransport({ baseUrl: serverUrl, token, fetch: withValidText(fetch) });
  const call = <S extends Shape & { readonly body: unknown }>(
    route: RouteOf<S>,
    path: Readonly<Record<string, string | number>>,
    body: S['body'],
    options?: CallOptions,
  ): Promise<Answer<S['answer']>> =>
    within((signal) => transport.json(route, { path, body, signal } as CallOf<S>), options);
  return {
    connect: (pool, body, options) => call(ROUTES.agentConnect, { pool }, body, options),
    poll: (agentId, body, options) => call(ROUTES.agentPoll, { agentId }, body, options),
    leave: (agentId, body, options) => call(ROUTES.agentLeave, { agentId }, body, options),
    renew: (request, body, options) => call(ROUTES.jobRenew, { request }, body, options),
    wait: (request, body, options) => call(ROUTES.jobWait, { request }, body, options),
    report: (request, body, options) => call(ROUTES.jobReport, { request }, body, options),
    log: (request, body, options) => call(ROUTES.jobLog, { request }, body, options),
    files: fileCalls(transport),
    taskPackage: (request, { sha256, lease }, options) =>
      within(
        (signal) =>
          transport.open(ROUTES.jobTaskPackage, { path: { request, sha256 }, query: { lease }, signal }),
        options,
      ),
    secureFile: (wanted, options) =>
      within((signal) => secureFile({ serverUrl, fetch }, wanted, signal), options),
  };
}

async function secureFile(
  { serverUrl, fetch }: Pick<ServerAddress, 'serverUrl' | 'fetch'>,
  { project, id, ticket, token }: WantedSecureFile,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const response = await createTransport({ baseUrl: serverUrl, token, fetch }).open(ROUTES.getSecureFile, {
    path: { project, secureFileId: id },
    query: { download: true, ticket },
    signal,
  });
  return new Uint8Array(await response.arrayBuffer());
}
