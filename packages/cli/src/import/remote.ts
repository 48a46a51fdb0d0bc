import { urlOf, type Call, type ClientOptions, type FetchResponse, type Route } from '@signalbox/api';
import { listOf, recordOf, textOf } from './json.ts';
import { readBounded } from './read-bounded.ts';
import { RemoteProblem } from './remote-problem.ts';

/** A server that speaks the REST API of Azure DevOps; every failure is a `RemoteProblem`. */
export interface Remote {
  readonly baseUrl: string;
  /** The answer's JSON. */
  json(route: Route, call?: Versioned): Promise<unknown>;
  /** The same; undefined when there is no such thing. */
  find(route: Route, call?: Versioned): Promise<unknown>;
  /** Every element of a list, page by page. */
  all(route: Route, call?: Versioned): Promise<readonly unknown[]>;
}

/** A call, with the version of the API where it is not the default one. */
export interface Versioned extends Call {
  readonly version?: string;
}

/** Where the server is and how it is asked. */
export interface RemoteOptions {
  readonly baseUrl: string;
  /** The whole header. */
  readonly authorization: string;
  readonly fetch: ClientOptions['fetch'];
  /** Waits so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** What routes that are only published as a preview are asked with. */
export const PREVIEW = '7.1-preview.1';

const VERSION = '7.1';
/** One answer may take so long, in milliseconds. */
const ANSWER_TIME = 60_000;
/** So often a server may ask for patience, and for so long at most, in milliseconds. */
const PATIENCE = { times: 5, most: 300_000, usual: 5000 };
/** A list has no more pages than this. */
const PAGES = 1000;

/** Makes a remote. It follows no redirect, reads bounded answers, and waits when it is told to. */
export function createRemote(options: RemoteOptions): Remote {
  const open = async (route: Route, call: Versioned): Promise<Answer> => answerOf(options, route, call);
  return {
    baseUrl: options.baseUrl,
    async json(route, call = {}) {
      return (await open(route, call)).value;
    },
    async find(route, call = {}) {
      try {
        return (await open(route, call)).value;
      } catch (error) {
        if (error instanceof RemoteProblem && error.code === 'missing') return undefined;
        throw error;
      }
    },
    async all(route, call = {}) {
      const found: unknown[] = [];
      let token: string | undefined;
      for (let page = 0; page < PAGES; page += 1) {
        const query = { ...call.query, ...(token !== undefined && { continuationToken: token }) };
        const answer = await open(route, { ...call, query });
        found.push(...listIn(answer.value, route));
        if (answer.next === undefined) return found;
        if (answer.next === token) break;
        token = answer.next;
      }
      throw new RemoteProblem('endless', `The list ${route.path} does not come to an end.`);
    },
  };
}

interface Answer {
  readonly value: unknown;
  readonly next: string | undefined;
}

async function answerOf(options: RemoteOptions, route: Route, call: Versioned): Promise<Answer> {
  const response = await patiently(options, route, call);
  const text = await readBounded(response);
  refuseFailures(route, response, text);
  const next = response.headers.get('x-ms-continuationtoken') || undefined;
  if (text === '') return { value: undefined, next };
  try {
    return { value: JSON.parse(text), next };
  } catch (cause) {
    throw new RemoteProblem('not-understood', `The answer to ${route.path} is not JSON.`, { cause });
  }
}

/** Asks again when the server says that it is asked too much, after the time that it names. */
async function patiently(options: RemoteOptions, route: Route, call: Versioned): Promise<FetchResponse> {
  for (let time = 0; ; time += 1) {
    const response = await send(options, route, call);
    const busy = response.status === 429 || response.status === 503;
    if (!busy || time === PATIENCE.times) return response;
    await response.body?.getReader().cancel();
    await options.wait(patienceOf(response.headers.get('retry-after')));
  }
}

function patienceOf(header: string | null): number {
  const seconds = Number(header ?? '');
  if (header === null || header === '' || !(seconds >= 0)) return PATIENCE.usual;
  return Math.min(seconds * 1000, PATIENCE.most);
}

async function send(options: RemoteOptions, route: Route, call: Versioned): Promise<FetchResponse> {
  const { version = VERSION, query, body } = call;
  const url = urlOf(options.baseUrl, route, { ...call, query: { ...query, 'api-version': version } });
  const init = {
    method: route.method,
    headers: {
      accept: 'application/json',
      authorization: options.authorization,
      // Without it a sign-in page comes in place of 401 (REST.md §2.2).
      'x-tfs-fedauthredirect': 'Suppress',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(ANSWER_TIME),
    // A redirect would take the token to whoever is named there.
    redirect: 'manual',
  };
  try {
    return await options.fetch(url, init);
  } catch (cause) {
    throw new RemoteProblem('silent', `No answer from ${new URL(url).origin}.`, { cause });
  }
}

function refuseFailures(route: Route, { status, headers }: FetchResponse, text: string): void {
  const told = messageIn(text);
  const because = told === '' ? '' : `: ${told}`;
  if (status >= 300 && status < 400)
    throw new RemoteProblem('redirected', `${route.path} sends us elsewhere, where the token does not go.`);
  if (status === 401 || status === 403 || isSignInPage(status, headers))
    throw new RemoteProblem('denied', `The token may not do this (${route.method} ${route.path})${because}`);
  if (status === 404)
    throw new RemoteProblem('missing', `It is not there (${route.method} ${route.path})${because}`);
  if (status === 429)
    throw new RemoteProblem('limited', 'The server goes on to say that it is asked too much.');
  if (status >= 500)
    throw new RemoteProblem('failed', `The server failed with ${status} at ${route.path}${because}`);
  if (status >= 400)
    throw new RemoteProblem('refused', told === '' ? `${route.path} is refused with ${status}.` : told);
}

/** Azure answers a malformed or expired token with 203 and a page. */
function isSignInPage(status: number, headers: FetchResponse['headers']): boolean {
  return status === 203 && (headers.get('content-type') ?? '').includes('html');
}

/** The server's own sentence, cut to what a line can hold. */
function messageIn(text: string): string {
  try {
    const message = textOf(recordOf(JSON.parse(text))['message']);
    // eslint-disable-next-line no-control-regex -- control characters are what is taken out
    return message.replaceAll(/[\u0000-\u001F\u007F]+/g, ' ').slice(0, 400);
  } catch {
    // A page of a proxy says nothing that helps.
    return '';
  }
}

function listIn(value: unknown, route: Route): readonly unknown[] {
  const list = recordOf(value)['value'];
  if (Array.isArray(list) || list === null) return listOf(list);
  throw new RemoteProblem('not-understood', `The answer to ${route.path} is not a list.`);
}
