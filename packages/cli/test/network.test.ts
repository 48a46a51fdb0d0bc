import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkFetch } from '../src/network.ts';

const folder = mkdtempSync(join(tmpdir(), 'signalbox-network-'));
const ca = join(folder, 'cert.pem');
const asked: string[] = [];
const servers: Server[] = [];
let proxy = '';
let port = 0;

/** A server named `build.example`, which no name server knows, and a proxy that does. */
beforeAll(async () => {
  const key = join(folder, 'key.pem');
  const subject = ['-subj', '/CN=build.example', '-addext', 'subjectAltName=DNS:build.example,IP:127.0.0.1'];
  const files = ['-keyout', key, '-out', ca, '-days', '2'];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      ...files,
      ...subject,
    ],
    {
      stdio: 'ignore',
    },
  );
  const web = createHttpsServer({ key: readFileSync(key), cert: readFileSync(ca) }, (_, answer) =>
    answer.end('hello'),
  );
  port = await listen(web);
  const way = createHttpServer();
  way.on('connect', (request, near: Socket) => {
    asked.push(request.url ?? '');
    const far = connect(port, '127.0.0.1', () => {
      near.write('HTTP/1.1 200 OK\r\n\r\n');
      near.pipe(far).pipe(near);
    });
    far.on('error', () => near.destroy());
    near.on('error', () => far.destroy());
  });
  proxy = `http://127.0.0.1:${await listen(way)}`;
});

afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(folder, { recursive: true, force: true });
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

async function textOf(url: string, ...how: Parameters<typeof networkFetch>): Promise<string> {
  const answer = await networkFetch(...how)(url, { method: 'GET', headers: {} });
  return answer.text();
}

describe('networkFetch', () => {
  it.each<readonly [string, () => Parameters<typeof networkFetch>]>([
    ['--proxy', () => [{ proxy, ca }, {}]],
    ['HTTPS_PROXY', () => [{ ca }, { HTTPS_PROXY: proxy }]],
    ['https_proxy, without its scheme', () => [{ ca }, { https_proxy: proxy.slice(7) }]],
  ])('goes through the proxy that %s names, and trusts the authority that --ca names', async (_, how) => {
    asked.length = 0;
    expect(await textOf(`https://build.example:${port}/`, ...how())).toBe('hello');
    expect(asked).toEqual([`build.example:${port}`]);
  });

  it('goes straight to this machine, and to what NO_PROXY names', async () => {
    asked.length = 0;
    expect(await textOf(`https://127.0.0.1:${port}/`, { ca, proxy }, {})).toBe('hello');
    const environment = { HTTPS_PROXY: proxy, NO_PROXY: '.corp,build.example' };
    await expect(textOf(`https://build.example:${port}/`, { ca }, environment)).rejects.toThrow();
    expect(asked).toEqual([]);
  });

  it('trusts no certificate that nobody it knows has signed', async () => {
    await expect(textOf(`https://build.example:${port}/`, { proxy }, {})).rejects.toThrow();
  });

  it.each([
    [
      { proxy: 'ftp://proxy' },
      'ftp://proxy is not the address of a proxy. It looks like http://proxy.corp:3128.',
    ],
    [{ ca: '/nowhere/ca.pem' }, 'The file of the authority, /nowhere/ca.pem, cannot be read.'],
  ])('refuses %j', (options, message) => {
    expect(() => networkFetch(options, {})).toThrow(message);
  });

  it('refuses a file without a certificate', () => {
    const file = join(folder, 'empty.pem');
    writeFileSync(file, 'nothing');
    expect(() => networkFetch({ ca: file }, {})).toThrow('holds no certificate in the PEM form');
  });
});
