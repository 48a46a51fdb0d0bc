import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { mayReach, readAllowed, type AllowedTarget } from '../src/outbound/address-rules.ts';
import { createOutbound, type OutboundOptions } from '../src/outbound/create-outbound.ts';
import type { Outbound } from '../src/outbound/outbound.ts';

describe('addresses (TH5)', () => {
  const reach = (address: string, allowed: readonly string[] = [], host = 'target.example'): boolean =>
    mayReach({ host, address, port: 9000 }, allowed.map(allow));

  it.each(['93.184.215.14', '8.8.8.8', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'])('%s is public', (one) => {
    expect(reach(one)).toBe(true);
  });

  it.each([
    '127.0.0.1',
    '127.9.9.9',
    '::1',
    '10.0.0.1',
    '172.16.3.4',
    '192.168.1.1',
    '100.64.0.1',
    'fd12::1',
  ])('%s is closed unless it is listed with its port', (address) => {
    const text = address.includes(':') ? `[${address}]` : address;
    expect(reach(address)).toBe(false);
    expect(reach(address, [`${text}:9000`])).toBe(true);
    expect(reach(address, [`${text}:9001`])).toBe(false);
    expect(reach(address, ['target.example:9000'])).toBe(true);
    expect(reach(address, ['other.example:9000'])).toBe(false);
  });

  it.each([
    '169.254.169.254',
    '168.63.129.16',
    '100.100.100.200',
    'fe80::1',
    'fd00:ec2::254',
    '0.0.0.0',
    '::',
    '224.0.0.1',
    '255.255.255.255',
    '240.0.0.1',
    'fec0::1',
    '64:ff9b::a9fe:a9fe',
    'not an address',
  ])('%s is never reached, whatever is listed', (address) => {
    expect(reach(address, ['target.example:9000', '0.0.0.0/0:9000', '[::/0]:9000'])).toBe(false);
  });

  it('sees the IPv4 address inside an IPv6 one', () => {
    expect(reach('::ffff:127.0.0.1')).toBe(false);
    expect(reach('::ffff:169.254.169.254', ['169.254.0.0/16:9000'])).toBe(false);
    expect(reach('::ffff:8.8.8.8')).toBe(true);
  });

  it('takes names, addresses and ranges, each with a port', () => {
    for (const text of ['ci.corp:443', '10.0.0.0/8:443', '[fd00::/8]:8443', '[::1]:1', 'localhost:65535'])
      expect(readAllowed(text)?.text).toBe(text);
    for (const text of [
      'ci.corp',
      '10.0.0.0/8',
      'a:0',
      'a:70000',
      '',
      ':80',
      '[::1',
      'http://a:80',
      '10.0.0.0/99:1',
    ])
      expect(readAllowed(text)).toBeUndefined();
  });
});

describe('outgoing calls', () => {
  const servers: Server[] = [];
  const ways: Outbound[] = [];

  afterEach(async () => {
    for (const way of ways.splice(0)) way.stop();
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  });

  it('answers with status, headers and body', async () => {
    const port = await serve((request, response) => {
      response.setHeader('x-seen', String(request.headers['x-mark']));
      response.writeHead(418).end(`${request.method} ${request.url}`);
    });
    const answer = await way([`127.0.0.1:${port}`]).send({
      method: 'PUT',
      url: `http://127.0.0.1:${port}/a?b=c`,
      headers: { 'x-mark': 'yes' },
      body: '{}',
    });
    expect(answer).toMatchObject({ kind: 'answered', status: 418, body: 'PUT /a?b=c' });
    expect(answer.kind === 'answered' && answer.headers['x-seen']).toBe('yes');
  });

  it.each([
    'http://127.0.0.1:PORT/',
    'http://localhost:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://127.1:PORT/',
  ])('refuses %s, however it is spelled', async (url) => {
    let asked = 0;
    const port = await serve((_request, response) => response.end(String((asked += 1))));
    const answer = await way([]).send({ method: 'GET', url: url.replace('PORT', String(port)) });
    expect(answer).toMatchObject({ kind: 'failed', code: 'address-denied' });
    expect(asked).toBe(0);
  });

  it('says how to open a private address', async () => {
    const answer = await way([]).send({ method: 'GET', url: 'http://10.1.2.3:8080/' });
    expect(answer).toMatchObject({
      message: expect.stringContaining('--allow-outbound 10.1.2.3:8080') as string,
    });
  });

  it.each(['file:///etc/passwd', 'ftp://example.com/', 'nonsense', 'http://user:secret@example.com/'])(
    'refuses the address %s, without repeating a password',
    async (url) => {
      const answer = await way([]).send({ method: 'GET', url });
      expect(answer).toMatchObject({ kind: 'failed', code: 'url-invalid' });
      expect(JSON.stringify(answer)).not.toContain('secret');
    },
  );

  it('refuses a name when one of its addresses is private', async () => {
    const resolve = async (): Promise<readonly string[]> => ['93.184.215.14', '127.0.0.1'];
    const answer = await way([], { resolve }).send({ method: 'GET', url: 'http://two.example:1/' });
    expect(answer).toMatchObject({
      code: 'address-denied',
      message: expect.stringContaining('127.0.0.1') as string,
    });
  });

  it('looks a name up once and connects to what it checked (DNS rebinding)', async () => {
    const port = await serve((request, response) => response.end(request.headers.host));
    const answers = [['127.0.0.1'], ['169.254.169.254']];
    const resolve = async (): Promise<readonly string[]> => answers.shift() ?? [];
    const answer = await way([`moving.example:${port}`], { resolve }).send({
      method: 'GET',
      url: `http://moving.example:${port}/`,
    });
    expect(answer).toMatchObject({ kind: 'answered', body: `moving.example:${port}` });
    expect(answers).toHaveLength(1);
  });

  it('knows no name that has no address', async () => {
    const resolve = async (): Promise<readonly string[]> => Promise.reject(new Error('ENOTFOUND'));
    const answer = await way([], { resolve }).send({ method: 'GET', url: 'http://nowhere.example/' });
    expect(answer).toMatchObject({ code: 'name-unknown' });
  });

  it('never calls its own database, not even when it is listed', async () => {
    const port = await serve((_request, response) => response.end());
    const denied = [{ host: 'localhost', port }];
    const resolve = async (): Promise<readonly string[]> => ['127.0.0.1'];
    const answer = await way([`127.0.0.1:${port}`], { denied, resolve }).send({
      method: 'GET',
      url: `http://127.0.0.1:${port}/`,
    });
    expect(answer).toMatchObject({ code: 'address-denied' });
  });

  it('checks the target of a redirect again', async () => {
    const inner = await serve((_request, response) => response.end('inner'));
    const port = await serve((_request, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${inner}/` }).end(),
    );
    const url = `http://127.0.0.1:${port}/`;
    expect(await way([`127.0.0.1:${port}`]).send({ method: 'GET', url })).toMatchObject({
      code: 'address-denied',
    });
    const open = way([`127.0.0.1:${port}`, `127.0.0.1:${inner}`]);
    expect(await open.send({ method: 'GET', url })).toMatchObject({ status: 200, body: 'inner' });
  });

  it('takes no credentials along to another origin, and keeps method and body under 307', async () => {
    const echo: RequestListener = ({ method, headers }, response) => {
      response.end(
        JSON.stringify([method, headers['content-length'], headers.authorization, headers['x-key']]),
      );
    };
    const inner = await serve(echo);
    const port = await serve((_request, response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${inner}/` }).end(),
    );
    const answer = await way([`127.0.0.1:${port}`, `127.0.0.1:${inner}`]).send({
      method: 'POST',
      url: `http://127.0.0.1:${port}/`,
      headers: { authorization: 'Bearer secret', 'x-key': 'secret' },
      body: 'hello',
    });
    expect(answer).toMatchObject({ body: JSON.stringify(['POST', '5', null, null]) });
  });

  it('refuses a redirect that would make a GET of a POST, and one without end', async () => {
    const port = await serve((request, response) =>
      response.writeHead(request.method === 'POST' ? 302 : 307, { location: '/again' }).end(),
    );
    const open = way([`127.0.0.1:${port}`]);
    const url = `http://127.0.0.1:${port}/`;
    expect(await open.send({ method: 'POST', url })).toMatchObject({ code: 'redirect-refused' });
    expect(await open.send({ method: 'GET', url })).toMatchObject({
      code: 'redirect-refused',
      message: expect.stringContaining('more than 3') as string,
    });
  });

  it('gives up on an answer of more than a megabyte, and on one without end', async () => {
    const port = await serve((_request, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    const answer = await way([`127.0.0.1:${port}`]).send({ method: 'GET', url: `http://127.0.0.1:${port}/` });
    expect(answer).toMatchObject({ code: 'answer-too-large' });
  });

  it('gives up on a target that does not answer, or stops in the middle', async () => {
    const silent = await serve(() => undefined);
    const slow = await serve((_request, response) => response.write('half'));
    for (const port of [silent, slow]) {
      const url = `http://127.0.0.1:${port}/`;
      const answer = await way([`127.0.0.1:${port}`]).send({ method: 'GET', url, timeoutMs: 50 });
      expect(answer).toMatchObject({ code: 'timed-out' });
    }
  });

  it('does not wait for a resolver that hangs', async () => {
    const resolve = (): Promise<never> => new Promise(() => undefined);
    const open = way([], { resolve });
    expect(await open.send({ method: 'GET', url: 'http://slow.example/', timeoutMs: 20 })).toMatchObject({
      code: 'timed-out',
    });
    const pending = open.send({ method: 'GET', url: 'http://slow.example/' });
    open.stop();
    expect(await pending).toMatchObject({ code: 'stopped' });
  });

  it('says that nobody listens, and that the answer is no HTTP', async () => {
    const port = await serve((request) => request.socket.end('nonsense\r\n\r\n'));
    const open = way([`127.0.0.1:${port}`, '127.0.0.1:1']);
    for (const one of [port, 1]) {
      const answer = await open.send({ method: 'GET', url: `http://127.0.0.1:${one}/` });
      expect(answer).toMatchObject({ code: 'unreachable' });
    }
  });

  it('asks this server itself without leaving the process', async () => {
    const own: OutboundOptions['own'] = {
      origins: () => ['https://signalbox.example'],
      fetch: async (url, { method, body, headers }) =>
        Response.json([url, method, body, new Headers(headers).get('authorization')], { status: 201 }),
    };
    const answer = await way([], { own }).send({
      method: 'POST',
      url: 'https://signalbox.example/default/_apis/projects',
      headers: { authorization: 'Bearer job' },
      body: '{}',
    });
    const body = ['https://signalbox.example/default/_apis/projects', 'POST', '{}', 'Bearer job'];
    expect(answer).toMatchObject({ status: 201, body: JSON.stringify(body) });
  });

  async function serve(listener: RequestListener): Promise<number> {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  function way(allowed: readonly string[], over: Partial<OutboundOptions> = {}): Outbound {
    const made = createOutbound({
      allowed: allowed.map(allow),
      denied: [],
      resolve: async (host) => (host === 'localhost' ? ['127.0.0.1'] : []),
      own: { origins: () => [], fetch: () => Promise.reject(new Error('not asked')) },
      ...over,
    });
    ways.push(made);
    return made;
  }
});

function allow(text: string): AllowedTarget {
  const read = readAllowed(text);
  if (read === undefined) throw new Error(`${text} is no target.`);
  return read;
}
