import type {
  ConnectRequest,
  ConnectResponse,
  LogRequest,
  PollRequest,
  PollResponse,
  RenewRequest,
  RenewResponse,
  ReportRequest,
} from '@signalbox/api';
import type { AgentId, JobRequestId, Millis } from '@signalbox/model';
import { REQUEST_TIMEOUT_MS } from '../limits.ts';
import { isFinal, type Answer } from './answer.ts';

/** The part of `fetch` the agent uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** How long a request may take, and what ends it early. */
export interface AskOptions {
  readonly timeoutMs?: Millis;
  readonly signal?: AbortSignal;
}

/** The agent protocol, one method per route; nothing throws and nothing is repeated here. */
export interface AgentClient {
  connect(pool: string, body: ConnectRequest, options?: AskOptions): Promise<Answer<ConnectResponse>>;
  poll(agent: AgentId, body: PollRequest, options?: AskOptions): Promise<Answer<PollResponse>>;
  renew(job: JobRequestId, body: RenewRequest, options?: AskOptions): Promise<Answer<RenewResponse>>;
  wait(job: JobRequestId, body: RenewRequest, options?: AskOptions): Promise<Answer<RenewResponse>>;
  report(job: JobRequestId, body: ReportRequest, options?: AskOptions): Promise<Answer<unknown>>;
  log(job: JobRequestId, body: LogRequest, options?: AskOptions): Promise<Answer<unknown>>;
}

/** Where the server is and how the agent proves itself. */
export interface ClientOptions {
  /** Base URL, organisation included. */
  readonly serverUrl: string;
  readonly token: string;
  readonly fetch: Fetch;
}

/** A client of one server. */
export function agentClient(options: ClientOptions): AgentClient {
  const base = `${options.serverUrl.replace(/\/+$/, '')}/_apis/signalbox/agent/v1`;
  const post = <T>(path: string, body: object, ask: AskOptions = {}): Promise<Answer<T>> =>
    send<T>(options, `${base}/${path}`, body, ask);
  return {
    connect: (pool, body, ask) => post(`pools/${encodeURIComponent(pool)}/connect`, body, ask),
    poll: (agent, body, ask) => post(`agents/${agent}/poll`, body, ask),
    renew: (job, body, ask) => post(`jobs/${job}/renew`, body, ask),
    wait: (job, body, ask) => post(`jobs/${job}/wait`, body, ask),
    report: (job, body, ask) => post(`jobs/${job}/report`, body, ask),
    log: (job, body, ask) => post(`jobs/${job}/log`, body, ask),
  };
}

async function send<T>(
  options: ClientOptions,
  url: string,
  body: object,
  ask: AskOptions,
): Promise<Answer<T>> {
  // By hand and not with AbortSignal.any: Node 20 keeps every derived signal as long as its source lives.
  const ending = new AbortController();
  const end = (): void => ending.abort();
  const timer = setTimeout(end, ask.timeoutMs ?? REQUEST_TIMEOUT_MS);
  ask.signal?.addEventListener('abort', end, { once: true });
  if (ask.signal?.aborted === true) end();
  try {
    const response = await options.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${options.token}` },
      body: JSON.stringify(body),
      signal: ending.signal,
    });
    return await readAnswer<T>(response);
  } catch (error) {
    return { kind: 'unreachable', message: describeFailure(error) };
  } finally {
    clearTimeout(timer);
    ask.signal?.removeEventListener('abort', end);
  }
}

async function readAnswer<T>(response: Response): Promise<Answer<T>> {
  const text = await response.text();
  if (response.ok) return { kind: 'ok', value: (text === '' ? {} : JSON.parse(text)) as T };
  const message = readMessage(text);
  return isFinal(response.status)
    ? { kind: 'refused', status: response.status, message }
    : { kind: 'unreachable', message: `${response.status} ${message}`.trim() };
}

/** The sentence in Azure's error body; a proxy's page has none (INV-72). */
function readMessage(text: string): string {
  try {
    const body = JSON.parse(text) as { message?: unknown } | null;
    return typeof body?.message === 'string' ? body.message : '';
  } catch {
    return '';
  }
}

/** `fetch` says only "fetch failed"; the reason is in the cause. */
function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
