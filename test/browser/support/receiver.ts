import { createServer } from 'node:http';
import { inject } from 'vitest';
import { waitUntil } from '../../support/wait.ts';

/** A program on this machine that notifications are sent to. */
export interface Receiver {
  /** The address to type into the page. */
  readonly url: string;
  /** What came so far, oldest first. */
  readonly bodies: readonly unknown[];
  /** Waits until so many came. */
  whenHas(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** Listens on the port that the server may call; one file at a time can. */
export async function startReceiver(): Promise<Receiver> {
  const port = inject('signalbox').receiver;
  const bodies: unknown[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => {
      bodies.push(JSON.parse(text));
      response.end('thank you');
    });
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${port}/hook`,
    bodies,
    whenHas: (count) => waitUntil(`${count} deliveries arrived`, () => bodies.length >= count),
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
