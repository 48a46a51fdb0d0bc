import { createServer, type IncomingHttpHeaders } from 'node:http';

/** A request that arrived. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What is answered to a request. */
export interface Reply {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An HTTP server of a test: it keeps what arrives, and answers as told. */
export interface HttpReceiver {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** For `outbound`: `127.0.0.1:PORT`. */
  readonly target: string;
  readonly received: Received[];
  /** How many callers went away without an answer. */
  readonly givenUp: number;
  answer: (request: Received) => Reply | Promise<Reply>;
  close(): Promise<void>;
}

/** Starts one; it answers 200 until it is told otherwise. */
export async function httpReceiver(): Promise<HttpReceiver> {
  let givenUp = 0;
  const server = createServer((request, response) => {
    response.on('close', () => (givenUp += response.writableEnded ? 0 : 1));
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') };
      receiver.received.push(one);
      void Promise.resolve(receiver.answer(one)).then((reply) =>
        response.writeHead(reply.status, reply.headers).end(reply.body),
      );
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const receiver: HttpReceiver = {
    url: `http://127.0.0.1:${port}`,
    target: `127.0.0.1:${port}`,
    received: [],
    get givenUp() {
      return givenUp;
    },
    answer: () => ({ status: 200 }),
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return receiver;
}
