import type { FastifyInstance } from 'fastify';

/** A `fetch` for clients and agents in this process. */
export type InProcessFetch = (url: string, init: RequestInit) => Promise<Response>;

/** The way in without a socket. */
export interface InProcess {
  readonly fetch: InProcessFetch;
  /** Resolves when no question is under way any more, those included that their askers gave up. */
  idle(): Promise<void>;
}

/**
 * Asks the server inside this process, through its ordinary routes and guards.
 * Answers arrive whole, so it is not for streams.
 */
export function inProcess(http: FastifyInstance): InProcess {
  const underWay = new Set<Promise<unknown>>();
  const fetch: InProcessFetch = async (url, init) => {
    const { pathname, search, host } = new URL(url);
    const answered = http.inject({
      method: methodOf(init.method ?? 'GET'),
      url: pathname + search,
      headers: { ...Object.fromEntries(new Headers(init.headers)), host },
      ...payloadOf(init.body),
    });
    underWay.add(answered);
    void answered.catch(() => undefined).finally(() => underWay.delete(answered));
    const { statusCode, headers, rawPayload } = await unlessAborted(answered, init.signal);
    const isBodyless = statusCode === 204 || statusCode === 304;
    return new Response(isBodyless ? null : new Uint8Array(rawPayload), {
      status: statusCode,
      headers: headersOf(headers),
    });
  };
  return {
    fetch,
    async idle() {
      await Promise.allSettled(underWay);
    },
  };
}

/** Texts and bytes; nobody inside sends a stream. */
function payloadOf(body: RequestInit['body']): { readonly payload?: string | Buffer } {
  if (typeof body === 'string') return { payload: body };
  return body instanceof Uint8Array ? { payload: Buffer.from(body) } : {};
}

function headersOf(
  headers: Readonly<Record<string, number | string | readonly string[] | undefined>>,
): Headers {
  const all = new Headers();
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) all.set(name, String(value));
  return all;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'] as const;

function methodOf(text: string): (typeof METHODS)[number] {
  const found = METHODS.find((method) => method === text.toUpperCase());
  if (found === undefined) throw new TypeError(`${text} is not a method of this server.`);
  return found;
}

/** What nobody waits for any more is left to end by itself. */
async function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  if (!signal) return answer;
  signal.throwIfAborted();
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, failed) => {
    abort = () => failed(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([answer, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
