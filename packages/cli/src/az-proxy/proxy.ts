import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SecureContext } from 'node:tls';
import { isAzureHost } from './azure-hosts.ts';
import { HEAD_BYTES, HEAD_MS, IDLE_MS, LOOK_MS, MOST_CONNECTIONS } from './bounds.ts';
import { forward, type Forwarding } from './forward.ts';
import type { ServerCertificates } from './server-certificates.ts';

/** What the proxy needs. */
export interface ProxyOptions {
  readonly to: Forwarding;
  readonly certificates: ServerCertificates;
  /** Whether connections to other hosts are passed on unread; otherwise they are refused. */
  readonly passThrough: boolean;
  /** How long a client may take to say what it wants, in ms. */
  readonly headMs?: number;
}

/** A proxy at work. */
export interface RunningProxy {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on the loopback address only: who reaches it speaks with the server as whoever they say they are. */
export async function startProxy(options: ProxyOptions, port: number): Promise<RunningProxy> {
  const headMs = options.headMs ?? HEAD_MS;
  const inside = tlsSide(options, headMs);
  const outside = connectSide(headMs);
  const open = new Set<Duplex>();
  outside.on('connection', (socket: Duplex) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  outside.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A client that goes away is no news.
    socket.on('error', () => socket.destroy());
    const tunnel = { socket, head };
    answerConnect(request, tunnel, { passThrough: options.passThrough, tls: portOf(inside) });
  });
  // On a port of its own: only a server that listens looks after clients that are slow.
  await listen(inside, 0);
  await listen(outside, port).catch((error: unknown) => {
    inside.close();
    throw error;
  });
  return {
    port: portOf(outside),
    async close() {
      const closed = [outside, inside].map((server) => new Promise((done) => server.close(done)));
      for (const socket of open) socket.destroy();
      inside.closeAllConnections();
      await Promise.all(closed);
    },
  };
}

/** Takes `CONNECT`, and tells whoever asks for anything else what this is. */
function connectSide(headMs: number): Server {
  const bounds = {
    headersTimeout: headMs,
    requestTimeout: headMs,
    connectionsCheckingInterval: Math.min(LOOK_MS, headMs),
  };
  const side = createServer({ ...bounds, maxHeaderSize: HEAD_BYTES }, (_, response) => {
    response.writeHead(400, { 'content-type': 'text/plain', connection: 'close' });
    response.end('This is signalbox az-proxy. It takes CONNECT alone: name it in HTTPS_PROXY.\n');
  });
  side.maxConnections = MOST_CONNECTIONS;
  return side;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Speaks TLS as the host that the client believes to reach, and HTTP inside of it. */
function tlsSide({ to, certificates }: ProxyOptions, headMs: number): Server {
  const side = createTlsServer(
    {
      SNICallback: (host, done) => {
        const [error, context] = contextOf(host, certificates);
        done(error, context);
      },
      handshakeTimeout: headMs,
      headersTimeout: headMs,
      connectionsCheckingInterval: Math.min(LOOK_MS, headMs),
      // Long uploads are none of the proxy's business: the server bounds them.
      requestTimeout: 0,
      maxHeaderSize: HEAD_BYTES,
    },
    (request, response) => forward(request, response, to),
  );
  side.timeout = IDLE_MS;
  side.keepAliveTimeout = headMs;
  return side;
}

function contextOf(host: string, certificates: ServerCertificates): [Error | null, SecureContext?] {
  if (!isAzureHost(host)) return [new Error('not a host of Azure DevOps')];
  try {
    return [null, certificates(host.toLowerCase())];
  } catch (error) {
    return [error instanceof Error ? error : new Error(String(error))];
  }
}

interface Tunnel {
  readonly socket: Duplex;
  /** What the client said before it was answered. */
  readonly head: Buffer;
}

function answerConnect(
  request: IncomingMessage,
  tunnel: Tunnel,
  { passThrough, tls }: { readonly passThrough: boolean; readonly tls: number },
): void {
  const { socket } = tunnel;
  const [, host = '', digits = ''] = /^([A-Za-z0-9._-]{1,253}):(\d{1,5})$/.exec(request.url ?? '') ?? [];
  const port = Number(digits);
  if (host === '' || port < 1 || port > 65_535)
    return refuse(socket, '400 Bad Request', 'CONNECT names HOST:PORT.');
  if (isAzureHost(host) && port === 443) return pass(tunnel, { host: '127.0.0.1', port: tls });
  if (passThrough) return pass(tunnel, { host, port });
  const why = `This proxy answers for Azure DevOps alone, not for ${host}:${port}; --pass-through lets others pass.`;
  refuse(socket, '403 Forbidden', why);
}

function pass({ socket, head }: Tunnel, where: { readonly host: string; readonly port: number }): void {
  const far = connect({ ...where, timeout: IDLE_MS });
  let answered = false;
  far.once('connect', () => {
    answered = true;
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    far.write(head);
    far.pipe(socket).pipe(far);
  });
  far.once('timeout', () => far.destroy());
  far.once('error', () => {
    if (!answered) refuse(socket, '502 Bad Gateway', `${where.host}:${where.port} cannot be reached.`);
  });
  far.once('close', () => socket.destroy());
  socket.once('close', () => far.destroy());
}

function refuse(socket: Duplex, status: string, why: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\n\r\n${why}\n`);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed);
      done();
    });
  });
}
