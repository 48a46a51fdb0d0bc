import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeProject } from './support/project.ts';
import { ADMIN, testServer, type TestServer } from './support/test-server.ts';

describe('input that is too much', () => {
  let box: TestServer;

  beforeAll(async () => {
    box = await testServer();
    await makeProject(box);
  });

  afterAll(async () => {
    await box.close();
  });

  const post = (body: string, headers: Record<string, string> = {}): ReturnType<TestServer['call']> =>
    box.call('POST', '/_apis/projects', {
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });

  it.each([
    ['20 MB', `{"name":"${'a'.repeat(20_000_000)}"}`, 413],
    ['a name of 10 kB', `{"name":"${'a'.repeat(10_000)}"}`, 400],
    ['nesting of 100,000', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 400],
    ['nesting of 100 objects', `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`, 400],
    ['a million empty lists', `{"name":[${'[],'.repeat(999_999)}[]]}`, 400],
  ])('a body: %s', async (_, body, status) => {
    const response = await post(body);
    expect(response.statusCode).toBe(status);
    expect(response.json()).toMatchObject({ $id: '1' });
  });

  it('a compressed body is refused, so that it cannot unfold', async () => {
    const response = await post(gzipSync(Buffer.alloc(1000)).toString('latin1'), {
      'content-encoding': 'gzip',
    });
    expect([400, 413, 415]).toContain(response.statusCode);
  });

  it('1,500 headers and a 20 kB address', async () => {
    const headers = Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`x-${index}`, '1']));
    expect((await box.call('GET', '/_apis/projects', { headers })).statusCode).toBe(431);
    expect((await box.call('GET', `/_apis/projects?a=${'b'.repeat(20_000)}`)).statusCode).toBe(414);
    const longName = await box.call('GET', `/${'p'.repeat(3000)}/_apis/build/builds`);
    expect([404, 414]).toContain(longName.statusCode);
  });

  it('a prototype does not spread', async () => {
    await post('{"name":"x","constructor":{"prototype":{"polluted":true}}}');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each([
    ['no host', 'GET /default/_apis/projects HTTP/1.1\r\n\r\n'],
    [
      'two lengths',
      'POST /default/_apis/projects HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd',
    ],
    [
      'a length and chunks',
      'POST /default/_apis/projects HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
  ])('on the wire: %s', async (_, text) => {
    expect(await onTheWire(box.server.port, text)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('never answers 5xx, a stack or a path, whatever comes (fixed seed)', async () => {
    const paths = [
      '/_apis/projects',
      '/Demo/_apis/build/builds',
      '/Demo/_apis/build/definitions',
      '/Demo/_apis/pipelines/1/preview',
      '/Demo/_apis/pipelines/checks/configurations',
      '/Demo/_apis/distributedtask/environments',
      '/_apis/signalbox/tokens',
      '/_apis/distributedtask/pools',
    ];
    const names = [
      'name',
      'id',
      'definition',
      'process',
      'yamlFilename',
      'repository',
      'url',
      'variables',
      'type',
    ];
    const body = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, fc.jsonValue({ maxDepth: 1 }), tie('object')),
      object: fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 5 }),
    })).object;
    const property = fc.asyncProperty(fc.constantFrom(...paths), body, async (path, given) => {
      const response = await box.call('POST', path, { body: JSON.stringify(given) });
      expect(response.statusCode, response.body).toBeLessThan(500);
      expect(response.body).not.toMatch(/node_modules|\.ts:\d|\bSQLITE\b|at \w+ \(/);
    });
    await fc.assert(property, { seed: 20_260_122, numRuns: 120 });
  }, 120_000);

  it('a failure of the server itself tells nothing', async () => {
    const broken = await testServer();
    await broken.store.close();
    const response = await broken.call('GET', '/_apis/projects', { token: ADMIN });
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ typeKey: 'ServiceUnavailableException' });
    expect((await broken.call('GET', '//readyz', { token: undefined })).statusCode).toBeGreaterThanOrEqual(
      500,
    );
    expect((await broken.call('GET', '//healthz', { token: undefined })).statusCode).toBe(200);
    await broken.server.close();
  });
});

function onTheWire(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => (answer += part));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}
