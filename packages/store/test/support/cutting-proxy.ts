import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands between a client and PostgreSQL, and can lose the answer to a COMMIT. */
export class CuttingProxy {
  /** How many answers to a COMMIT are still to be lost. */
  cuts = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(target: URL): Promise<CuttingProxy> {
    const server = createServer();
    const proxy = new CuttingProxy(server);
    server.on('connection', (client) => proxy.#pipe(client, target));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  stop(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  #pipe(client: Socket, target: URL): void {
    const server = connect(Number(target.port), target.hostname);
    let cut = false;
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        server.destroy();
      });
    }
    client.on('data', (data) => {
      if (this.cuts > 0 && data.includes('COMMIT')) {
        this.cuts -= 1;
        cut = true;
      }
      server.write(data);
    });
    server.on('data', (data) => {
      // The server has committed by now; nobody will hear of it.
      if (cut) client.destroy();
      else client.write(data);
    });
  }
}
