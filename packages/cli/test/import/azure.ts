import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a path answers: JSON, or a status with headers and a text. */
export type Answer =
  | { readonly json: unknown; readonly next?: string }
  | { readonly status: number; readonly headers?: Record<string, string>; readonly text?: string }
  | ((request: IncomingMessage, response: ServerResponse) => void);

/** A server that answers as the published API does, path by path; what it does not know is 404. */
export interface Azure {
  readonly baseUrl: string;
  /** Everything that was asked, as method and path with query. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Starts one. The longest path that a request begins with wins; `?` and what follows counts where it is written. */
export async function azure(answers: Readonly<Record<string, Answer>>): Promise<Azure> {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    const url = decodeURIComponent((request.url ?? '').replace(/^\/acme/, ''));
    asked.push(`${request.method} ${url}`);
    const [path] = Object.keys(answers)
      .filter((one) => url.toLowerCase().startsWith(one.toLowerCase()))
      .toSorted((a, b) => b.length - a.length);
    give(answers[path ?? ''] ?? { status: 404, text: '{"message":"No such thing."}' }, request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/acme`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function give(answer: Answer, request: IncomingMessage, response: ServerResponse): void {
  if (typeof answer === 'function') return answer(request, response);
  if ('status' in answer) {
    response.writeHead(answer.status, answer.headers).end(answer.text);
    return;
  }
  const next = answer.next === undefined ? {} : { 'x-ms-continuationtoken': answer.next };
  response.writeHead(200, { 'content-type': 'application/json', ...next }).end(JSON.stringify(answer.json));
}

/** A list as the service wraps it. */
export function list(...value: readonly unknown[]): Answer {
  return { json: { count: value.length, value } };
}
