import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { createServer, request as requestHttp, type Server } from 'node:http';
import { request as requestHttps } from 'node:https';
import { connect as connectTcp, type AddressInfo, type Server as NetServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keptAuthority, type KeptAuthority } from '../src/az-proxy/authority.ts';
import { isAzureHost, targetOf } from '../src/az-proxy/azure-hosts.ts';
import { makeKey, makeServerCertificate } from '../src/az-proxy/certificates.ts';
import { startProxy, type RunningProxy } from '../src/az-proxy/proxy.ts';
import { serverCertificates, type ServerCertificates } from '../src/az-proxy/server-certificates.ts';

const DAY_MS = 86_400_000;

describe('isAzureHost', () => {
  it.each([
    ['dev.azure.com', true],
    ['DEV.azure.com', true],
    ['vssps.dev.azure.com', true],
    ['contoso.visualstudio.com', true],
    ['contoso.vsrm.visualstudio.com', true],
    ['visualstudio.com', false],
    ['azure.com', false],
    ['evildev.azure.com', false],
    ['dev.azure.com.evil.org', false],
    ['contoso.visualstudio.com.evil.org', false],
    ['dev.azure.com.', false],
    ['', false],
  ])('%s: %s', (host, expected) => {
    expect(isAzureHost(host)).toBe(expected);
  });
});

describe('targetOf', () => {
  const standIn = { organization: 'Contoso', server: new URL('http://box:8080/default') };

  it.each([
    ['dev.azure.com', '/contoso/_apis/projects?$top=1', '/default/_apis/projects?$top=1'],
    ['dev.azure.com', '/CONTOSO/My%20Shop/_apis/build', '/default/My%20Shop/_apis/build'],
    ['dev.azure.com', '/contoso', '/default'],
    ['dev.azure.com', '/contoso?x=1', '/default?x=1'],
    ['dev.azure.com', '//contoso/_apis', '/default/_apis'],
    ['vssps.dev.azure.com', '/contoso/_apis/identities', '/default/_apis/identities'],
    ['contoso.visualstudio.com', '/Shop/_apis/build', '/default/Shop/_apis/build'],
  ])('https://%s%s goes to %s', (host, path, expected) => {
    expect(targetOf(host, path, standIn)).toEqual({ url: new URL(`http://box:8080${expected}`) });
  });

  it.each([
    ['dev.azure.com', '/other/_apis', 'stands in for the organisation Contoso only'],
    ['dev.azure.com', '/', 'stands in for the organisation Contoso only'],
    ['dev.azure.com', '/%E0%A4%A/_apis', 'stands in for the organisation Contoso only'],
    ['app.vssps.visualstudio.com', '/_apis/profile', 'stands in for the organisation Contoso only'],
    ['vsrm.dev.azure.com', '/contoso/_apis/release', 'Classic release pipelines do not exist here'],
    ['contoso.vsrm.visualstudio.com', '/_apis/release', 'Classic release pipelines do not exist here'],
  ])('https://%s%s goes nowhere: %s', (host, path, problem) => {
    expect(targetOf(host, path, standIn)).toEqual({ problem: expect.stringContaining(problem) as string });
  });
});

describe('the proxy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-proxy-'));
  const now = Date.now();
  let authority: KeptAuthority;
  let certificates: ServerCertificates;
  let server: Server;
  let proxy: RunningProxy;

  beforeAll(async () => {
    authority = keptAuthority(folder, now);
    certificates = serverCertificates(authority, () => now);
    server = createServer((request, response) => {
      const said: Buffer[] = [];
      request.on('data', (part: Buffer) => said.push(part));
      request.once('end', () => {
        const body = Buffer.concat(said).toString();
        const { authorization, host, connection, 'x-hop': hop } = request.headers;
        response.setHeader('x-ms-continuationtoken', '7');
        response.end(JSON.stringify({ url: request.url, body, authorization, host, connection, hop }));
      });
    });
    proxy = await start(await listening(server), false);
  });

  afterAll(async () => {
    await proxy.close();
    server.close();
  });

  const start = (port: number, passThrough: boolean, headMs = 10_000): Promise<RunningProxy> =>
    startProxy(
      {
        to: { organization: 'contoso', server: new URL(`http://127.0.0.1:${port}/default`), ca: undefined },
        certificates,
        passThrough,
        headMs,
      },
      0,
    );

  it('forwards a request with its body and its token, without what belongs to the connection', async () => {
    const answer = await ask(proxy, { host: 'dev.azure.com', path: '/contoso/_apis/x?y=1', body: 'hello' });
    expect(answer.status).toBe(200);
    expect(answer.headers['x-ms-continuationtoken']).toBe('7');
    const { port } = server.address() as AddressInfo;
    expect(JSON.parse(answer.text)).toEqual({
      url: '/default/_apis/x?y=1',
      body: 'hello',
      authorization: 'Basic OnRva2Vu',
      host: `127.0.0.1:${port}`,
      connection: 'keep-alive',
    });
  });

  it('refuses another organisation with a sentence that clients print', async () => {
    const answer = await ask(proxy, { host: 'dev.azure.com', path: '/other/_apis' });
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.text)).toMatchObject({ typeKey: 'ProxyRefusalException' });
  });

  it('refuses a request for another host inside of a connection', async () => {
    const answer = await ask(proxy, { host: 'dev.azure.com', path: '/contoso/x', named: 'example.com' });
    expect(answer.status).toBe(421);
  });

  it('says that the server cannot be reached', async () => {
    const alone = await start(1, false);
    const answer = await ask(alone, { host: 'dev.azure.com', path: '/contoso/x' });
    await alone.close();
    expect(answer.status).toBe(502);
    expect(answer.text).toContain('cannot be reached');
  });

  it('shows no certificate for a host that is none of Azure DevOps', async () => {
    await expect(
      ask(proxy, { host: 'dev.azure.com', servername: 'example.com', path: '/x' }),
    ).rejects.toThrow();
  });

  it.each([
    ['CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n', 'HTTP/1.1 403 Forbidden'],
    ['CONNECT dev.azure.com:80 HTTP/1.1\r\nHost: x\r\n\r\n', 'HTTP/1.1 403 Forbidden'],
    ['CONNECT dev.azure.com HTTP/1.1\r\nHost: x\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
    ['CONNECT dev.azure.com:0 HTTP/1.1\r\nHost: x\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
    ['CONNECT dev.azure.com:99999 HTTP/1.1\r\nHost: x\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
    ['CONNECT user@dev.azure.com:443 HTTP/1.1\r\nHost: x\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
    ['CONNECT [::1]:443 HTTP/1.1\r\nHost: x\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
    [`CONNECT ${'a'.repeat(300)}:443 HTTP/1.1\r\nHost: x\r\n\r\n`, 'HTTP/1.1 400 Bad Request'],
    ['CONNECT\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
    ['GET http://example.com/ HTTP/1.1\r\nHost: example.com\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
    [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`, 'HTTP/1.1 431 '],
    ['\u0016\u0003\u0001', 'HTTP/1.1 400 Bad Request'],
  ])('answers %j with %s', async (said, expected) => {
    expect(await exchange(proxy, said)).toContain(expected);
  });

  it('closes a connection that does not say in time what it wants, before and behind CONNECT', async () => {
    const impatient = await start(1, false, 50);
    expect(await exchange(impatient, 'CONNECT dev')).toContain('HTTP/1.1 408');
    const answer = await exchange(impatient, 'CONNECT dev.azure.com:443 HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(answer).toContain('200 Connection Established');
    await impatient.close();
  });

  it('lets other hosts pass unread when told to', async () => {
    const open = await start(1, true);
    const { port } = server.address() as AddressInfo;
    const head = `CONNECT 127.0.0.1:${port} HTTP/1.1\r\nHost: x\r\n\r\n`;
    const said = 'GET /plain HTTP/1.1\r\nHost: there\r\nConnection: close\r\n\r\n';
    expect(await exchange(open, head + said)).toContain('"url":"/plain"');
    expect(await exchange(open, 'CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: x\r\n\r\n')).toContain(
      '502 Bad Gateway',
    );
    await open.close();
  });

  it('keeps its authority, with a key for its owner only, and makes it anew before it ends', () => {
    expect(keptAuthority(folder, now + 1000 * DAY_MS).certificate).toBe(authority.certificate);
    expect(statSync(join(folder, 'ca-key.pem')).mode & 0o777).toBe(0o600);
    expect(readFileSync(authority.bundle, 'utf8')).toContain(authority.certificate.trim());
    const other = mkdtempSync(join(tmpdir(), 'signalbox-proxy-'));
    const old = keptAuthority(other, now - 3600 * DAY_MS);
    expect(keptAuthority(other, now).certificate).not.toBe(old.certificate);
  });

  it('has an authority that is good for hosts of Azure DevOps alone', async () => {
    const { certificate, key } = makeServerCertificate('example.com', authority, { key: makeKey(), now });
    const evil = createTlsServer({ cert: certificate, key });
    evil.on('tlsClientError', () => {});
    const port = await listening(evil);
    const refused = await new Promise<Error>((done) => {
      const options = { host: '127.0.0.1', port, servername: 'example.com', ca: authority.certificate };
      connectTls(options).once('error', done);
    });
    evil.close();
    expect(refused.message).toBe('permitted subtree violation');
  });

  interface Asked {
    readonly host: string;
    readonly path: string;
    readonly body?: string;
    /** What the request calls the host; the host itself by default. */
    readonly named?: string;
    readonly servername?: string;
  }

  interface Answer {
    readonly status: number | undefined;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly text: string;
  }

  /** A request as a client sends it: CONNECT, TLS with the authority trusted, and the request inside. */
  async function ask(to: RunningProxy, { host, path, body, named, servername }: Asked): Promise<Answer> {
    const socket = await new Promise<Socket>((done, failed) => {
      const options = { host: '127.0.0.1', port: to.port, method: 'CONNECT', path: `${host}:443` };
      requestHttp(options)
        .once('connect', (_, made: Socket) => done(made))
        .once('error', failed)
        .end();
    });
    const tls = connectTls({ socket, servername: servername ?? host, ca: authority.certificate });
    return new Promise((done, failed) => {
      const headers = {
        host: named ?? host,
        authorization: 'Basic OnRva2Vu',
        'x-hop': '1',
        connection: 'x-hop',
      };
      const method = body === undefined ? 'GET' : 'POST';
      tls.once('error', failed);
      const request = requestHttps({ createConnection: () => tls, path, method, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.once('end', () => {
          tls.destroy();
          done({ status: response.statusCode, headers: response.headers, text });
        });
      });
      request.once('error', failed).end(body);
    });
  }
});

/** What comes back until the other side closes. */
function exchange(to: RunningProxy, said: string): Promise<string> {
  return new Promise((done) => {
    let text = '';
    const socket = connectTcp(to.port, '127.0.0.1', () => socket.write(said));
    socket.setEncoding('latin1').on('data', (part: string) => (text += part));
    socket.on('error', () => {});
    socket.once('close', () => done(text));
  });
}

function listening(server: NetServer): Promise<number> {
  return new Promise((done) =>
    server.listen(0, '127.0.0.1', () => done((server.address() as AddressInfo).port)),
  );
}
