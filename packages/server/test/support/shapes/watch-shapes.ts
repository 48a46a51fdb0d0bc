import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { shapeProblems, type Exchange } from './shape-check.ts';

/**
 * Holds every exchange of a server to the published document, those over a socket and those without one. What is not
 * as it says is in the list that this gives, which the end of a test looks at.
 */
export function watchShapes(
  http: FastifyInstance,
  { hostile }: { readonly hostile?: true } = {},
): readonly string[] {
  const problems: string[] = [];
  const inject = http.inject.bind(http) as (options: InjectOptions) => Promise<LightMyRequestResponse>;
  const watched = async (options: InjectOptions): Promise<LightMyRequestResponse> => {
    const response = await inject(options);
    problems.push(...shapeProblems({ ...exchangeOf(options, response), hostile }));
    return response;
  };
  http.inject = watched as typeof http.inject;
  http.server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const asked = collect(request);
    const answered = collectAnswer(response);
    response.once('finish', () => {
      problems.push(
        ...shapeProblems({
          hostile,
          method: request.method ?? 'GET',
          url: request.url ?? '/',
          requestType: request.headers['content-type'],
          requestBody: Buffer.concat(asked).toString('utf8'),
          status: response.statusCode,
          type: typeOf(response),
          body: Buffer.concat(answered).toString('utf8'),
        }),
      );
    });
  });
  return problems;
}

function exchangeOf(options: InjectOptions, response: LightMyRequestResponse): Exchange {
  const { payload, headers = {}, method = 'GET', url } = options;
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return {
    method,
    url: typeof url === 'string' ? url : (url?.pathname ?? '/'),
    requestType: headerText(type),
    requestBody: typeof payload === 'string' ? payload : undefined,
    status: response.statusCode,
    type: headerText(response.headers['content-type']),
    body: response.body,
  };
}

// Headers that went with `writeHead` alone are in the text that was sent, and nowhere else.
function typeOf(response: ServerResponse): string | undefined {
  const sent = '_header' in response ? String(response._header) : '';
  return /^content-type: *(.*)$/im.exec(sent)?.[1];
}

function headerText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function collect(request: IncomingMessage): readonly Buffer[] {
  const chunks: Buffer[] = [];
  const emit = request.emit.bind(request);
  // Listening for data would make the stream flow before the server reads it.
  request.emit = (event: string | symbol, ...values: unknown[]): boolean => {
    if (event === 'data') chunks.push(Buffer.from(values[0] as Uint8Array));
    return emit(event, ...values);
  };
  return chunks;
}

function collectAnswer(response: ServerResponse): readonly Buffer[] {
  const chunks: Buffer[] = [];
  const note = (chunk: unknown): void => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as string));
  };
  const [write, end] = [response.write.bind(response), response.end.bind(response)];
  response.write = ((chunk: unknown, ...rest: never[]) => {
    note(chunk);
    return write(chunk, ...rest);
  }) as typeof response.write;
  response.end = ((chunk: unknown, ...rest: never[]) => {
    note(chunk);
    return end(chunk, ...rest);
  }) as typeof response.end;
  return chunks;
}
