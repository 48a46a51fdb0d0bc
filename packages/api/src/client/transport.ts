import type { Route, RouteOf } from '../routes/route.ts';
import type { Shape } from '../shapes/shape.ts';
import type { Paged, WireDiagnostic, WireError } from '../wire/common.ts';

declare global {
  // Empty where no platform is known; the platform's own members are added where one is.
  interface AbortSignal {}
}

/** The part of `fetch` that the client uses; the global one of Node and of browsers fits. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

/** What the client asks of `fetch`. */
export interface FetchInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly signal?: AbortSignal;
}

/** What the client reads of an answer. */
export interface FetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: FetchBody | null;
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A body that is read while it arrives. */
export interface FetchBody {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
    cancel(): Promise<void>;
  };
}

/** Where to call, and as whom. Without a token the browser's session cookie speaks. */
export interface ClientOptions {
  /** `http://host:port/organisation`, with or without a final slash. */
  readonly baseUrl: string;
  readonly token?: string;
  readonly fetch: Fetch;
}

/** Why a call did not do what was asked, as a value: test with `instanceof`, then read the fields. */
export class ApiError extends Error {
  /** 0 when there was no answer at all. */
  readonly status: number;
  /** Azure's exception name, for example `BuildNotFoundException`; `ServerUnreachable` without an answer. */
  readonly typeKey: string;
  /** Our code, where the refusal has one, for example `lease-refused`. */
  readonly code: string | undefined;
  /** Every problem of a pipeline file that was refused. */
  readonly diagnostics: readonly WireDiagnostic[];

  constructor(status: number, error: Partial<WireError>, options?: { readonly cause?: unknown }) {
    super(error.message ?? `The server answered ${status}.`, options);
    this.name = 'ApiError';
    this.status = status;
    this.typeKey = error.typeKey ?? 'UnknownError';
    this.code = error.code;
    this.diagnostics = error.diagnostics ?? [];
  }
}

/** What a call of any route sends: parameters of the path, of the query, and a body. */
export interface Call {
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly body?: unknown;
  /** A body of bytes, in place of `body`. */
  readonly content?: Uint8Array<ArrayBuffer>;
  readonly accept?: string;
  readonly signal?: AbortSignal | undefined;
}

/** A list may be one text with commas, and what is `undefined` is left out. */
type InQuery<T> = T | (T extends readonly unknown[] | undefined ? string : never) | undefined;

/** What a call of a route with this shape sends. */
export type CallOf<S extends Shape> = Omit<Call, 'query' | 'body'> &
  (S extends { readonly query: infer Q }
    ? { readonly query?: { readonly [K in keyof Q]: InQuery<Q[K]> } }
    : object) &
  (S extends { readonly body: infer B } ? { readonly body?: B } : object);

/** An element of a list that a route answers. */
type ItemOf<S extends Shape> = S['answer'] extends { readonly value: readonly (infer T)[] } ? T : never;

/** Lists are joined by commas; what is undefined is left out. */
export type QueryValue = string | number | boolean | readonly (string | number)[] | undefined;

/** The type of a body that is read while it arrives. */
export const CONTENT_TYPE = 'application/x-signalbox-content';

/** Sends the calls of one client. */
export interface Transport {
  /** The answer's JSON; `undefined` when it has none. */
  json<S extends Shape>(route: RouteOf<S>, call?: CallOf<S>): Promise<S['answer']>;
  text<S extends Shape>(route: RouteOf<S>, call?: CallOf<S>): Promise<string>;
  /** A list and its continuation token. */
  page<S extends Shape>(route: RouteOf<S>, call?: CallOf<S>): Promise<Paged<ItemOf<S>>>;
  /** The answer itself, once it is not an error. */
  open<S extends Shape>(route: RouteOf<S>, call?: CallOf<S>): Promise<FetchResponse>;
}

/** Makes the transport that every part of a client shares. */
export function createTransport(options: ClientOptions): Transport {
  const open = (route: Route, call: Call = {}): Promise<FetchResponse> => send(options, route, call);
  const text = async (route: Route, call?: Call): Promise<string> => (await open(route, call)).text();
  return {
    open,
    text,
    async json<S extends Shape>(route: RouteOf<S>, call?: CallOf<S>): Promise<S['answer']> {
      return parse<S['answer']>(await text(route, call));
    },
    async page<S extends Shape>(route: RouteOf<S>, call?: CallOf<S>): Promise<Paged<ItemOf<S>>> {
      const response = await open(route, call);
      const next = response.headers.get('x-ms-continuationtoken');
      const list = parse<{ readonly value: readonly ItemOf<S>[] }>(await response.text());
      return { items: list.value, ...(next !== null && { next }) };
    },
  };
}

function parse<T>(text: string): T {
  const value: T = text === '' ? undefined : JSON.parse(text);
  return value;
}

async function send(options: ClientOptions, route: Route, call: Call): Promise<FetchResponse> {
  const url = urlOf(options.baseUrl, route, call);
  const init: FetchInit = {
    method: route.method,
    headers: headersOf(options, call),
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    ...(call.content !== undefined && { body: call.content }),
    ...(call.signal !== undefined && { signal: call.signal }),
  };
  const response = await reach(options.fetch, url, init);
  if (response.status < 400) return response;
  throw new ApiError(response.status, errorIn(await response.text()));
}

async function reach(fetch: Fetch, url: string, init: FetchInit): Promise<FetchResponse> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    // A call that its caller gave up is the caller's own doing, not a fault of the server.
    if (cause instanceof Error && cause.name === 'AbortError') throw cause;
    const message = `No answer from ${originOf(url)}. Is the server running, and the address right?`;
    throw new ApiError(0, { message, typeKey: 'ServerUnreachable' }, { cause });
  }
}

function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/]+/i.exec(url)?.[0] ?? url;
}

function errorIn(text: string): Partial<WireError> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    // A proxy in between answers in its own words; they are of no use to a program.
    return {};
  }
}

function headersOf(options: ClientOptions, call: Call): Record<string, string> {
  return {
    accept: call.accept ?? 'application/json',
    // Proves to the server that a page of its own sent the request (TH10).
    'x-signalbox-request': '1',
    ...(call.body !== undefined && { 'content-type': 'application/json' }),
    ...(call.content !== undefined && { 'content-type': CONTENT_TYPE }),
    ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
  };
}

/** The address of a route below a base, with its parameters filled in. */
export function urlOf(baseUrl: string, route: Route, call: Call = {}): string {
  const base = route.scope === 'root' ? originOf(baseUrl) : baseUrl.replace(/\/+$/, '');
  const project = call.path?.['project'];
  const inProject = route.scope === 'project' || (route.scope === 'either' && project !== undefined);
  const pattern = `${inProject ? '/:project' : ''}${route.path}`;
  const path = pattern.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = call.path?.[name];
    if (value === undefined) throw new Error(`The route ${pattern} needs "${name}".`);
    return encodeURIComponent(String(value));
  });
  return `${base}${path}${queryOf(call.query ?? {})}`;
}

function queryOf(query: Readonly<Record<string, QueryValue>>): string {
  const parts = Object.entries(query).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const text = Array.isArray(value) ? value.join(',') : String(value);
    return [`${encodeURIComponent(name)}=${encodeURIComponent(text)}`];
  });
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
