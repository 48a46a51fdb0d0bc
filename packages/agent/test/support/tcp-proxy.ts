import { connect, createServer, type Server, type Socket } from 'node:net';

/** What a line does: `open` passes everything on; `cut` breaks and refuses connections; `hole` swallows without a word. */
export type LineState = 'open' | 'cut' | 'hole';

/** From whoever connects, or to it. */
type Way = 'up' | 'down';

/** A line between two processes on this machine that a test can cut, clog and slow down. */
export class TcpProxy {
  /** Milliseconds by which every piece is late. */
  delayMs = 0;
  readonly #server: Server;
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  #state: LineState = 'open';
  #clogAfter: { bytes: number; readonly way: Way } | undefined;
  #isClogged = false;

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer((socket) => this.#take(socket));
  }

  /** Starts one before a port of this machine. */
  static async start(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    await new Promise<void>((done) => proxy.#server.listen(0, '127.0.0.1', done));
    return proxy;
  }

  /** Where to connect to instead. */
  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy does not listen.');
    return address.port;
  }

  /** Of the next so many bytes this way, the connection that carries the last stands still then, until the line is opened. */
  clogAfter(bytes: number, way: Way): void {
    this.#clogAfter = { bytes, way };
  }

  /** A connection stands still because of what it carried. */
  get isClogged(): boolean {
    return this.#isClogged;
  }

  /** Changes the line; what is on its way in a hole comes out again when it is open. */
  set(state: LineState): void {
    this.#state = state;
    this.#isClogged = false;
    for (const socket of this.#sockets) {
      if (state === 'cut') socket.destroy();
      else if (state === 'hole') socket.pause();
      else socket.resume();
    }
  }

  async close(): Promise<void> {
    this.set('cut');
    await new Promise((done) => this.#server.close(done));
  }

  #take(near: Socket): void {
    if (this.#state === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(this.#target, '127.0.0.1');
    this.#join(near, far, 'up');
    this.#join(far, near, 'down');
  }

  #join(from: Socket, to: Socket, way: Way): void {
    this.#sockets.add(from);
    from.setNoDelay(true);
    from.on('data', (piece) => {
      this.#count(piece.length, way, from);
      this.#later(() => to.write(piece));
    });
    from.on('end', () => this.#later(() => to.end()));
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.#sockets.delete(from);
      if (this.#state === 'cut') to.destroy();
    });
    if (this.#state === 'hole') from.pause();
  }

  #count(bytes: number, way: Way, socket: Socket): void {
    const clog = this.#clogAfter;
    if (clog?.way !== way) return;
    clog.bytes -= bytes;
    if (clog.bytes > 0) return;
    socket.pause();
    this.#isClogged = true;
    this.#clogAfter = undefined;
  }

  #later(act: () => void): void {
    if (this.delayMs === 0) act();
    else setTimeout(act, this.delayMs);
  }
}
