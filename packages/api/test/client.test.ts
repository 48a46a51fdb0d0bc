import { describe, expect, it } from 'vitest';
import {
  ApiError,
  createClient,
  parseFeedBlock,
  patternsOf,
  ROUTES,
  type Client,
  type FetchInit,
  type FetchResponse,
} from '../src/index.ts';

/** A server of one answer; keeps what it was asked. */
function answering(
  status: number,
  text: string,
  headers: Record<string, string> = {},
): { client: Client; asked: [string, FetchInit][] } {
  const asked: [string, FetchInit][] = [];
  const fetch = async (url: string, init: FetchInit): Promise<FetchResponse> => {
    asked.push([url, init]);
    const bytes = new TextEncoder().encode(text).buffer;
    return {
      status,
      headers: { get: (name) => headers[name] ?? null },
      body: null,
      text: async () => text,
      arrayBuffer: async () => bytes,
    };
  };
  return { client: createClient({ baseUrl: 'http://h:1/acme/', token: 't', fetch }), asked };
}

describe('the client', () => {
  it('builds addresses, and proves who asks', async () => {
    const { client, asked } = answering(200, '{"count":0,"value":[]}', { 'x-ms-continuationtoken': 'next' });
    const page = await client.listBuilds('My Project', {
      definitions: [1, 2],
      top: 5,
      queryOrder: 'queueTimeAscending',
    });
    expect(page).toEqual({ items: [], next: 'next' });
    const [url, init] = asked[0]!;
    expect(url).toBe(
      'http://h:1/acme/My%20Project/_apis/build/builds?definitions=1%2C2&queryOrder=queueTimeAscending&%24top=5',
    );
    expect(init.headers).toMatchObject({ authorization: 'Bearer t', 'x-signalbox-request': '1' });
  });

  it('asks for runs of every project without one', async () => {
    const { client, asked } = answering(200, '{"count":0,"value":[]}');
    await client.listRunViews(undefined);
    expect(asked[0]?.[0]).toBe('http://h:1/acme/_apis/signalbox/runs');
  });

  it('signs in at the root, not at the organisation', async () => {
    const { client, asked } = answering(204, '');
    await client.signIn('secret');
    expect(asked[0]?.[0]).toBe('http://h:1/signin');
  });

  it('makes a value of every refusal', async () => {
    const body = {
      message: 'No.',
      typeKey: 'BuildNotFoundException',
      code: 'x',
      diagnostics: [{ code: 'a' }],
    };
    const { client } = answering(404, JSON.stringify(body));
    const error = await client.getBuild('p', 1).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 404, ...body });
  });

  it.each(['<html>a proxy</html>', '', 'null', '[]'])(
    'makes a value of an answer that is none of ours: %j',
    async (text) => {
      const { client } = answering(502, text);
      await expect(client.me()).rejects.toMatchObject({ status: 502, message: 'The server answered 502.' });
    },
  );

  it('says that there was no answer', async () => {
    const fetch = (): Promise<FetchResponse> => Promise.reject(new TypeError('fetch failed'));
    const client = createClient({ baseUrl: 'http://h:1/acme', fetch });
    await expect(client.me()).rejects.toMatchObject({
      status: 0,
      typeKey: 'ServerUnreachable',
      message: /http:\/\/h:1\./,
    });
  });
});

describe('parseFeedBlock', () => {
  it.each([
    ['event: change\nid: 5\ndata: {"run":1}', { kind: 'change', cursor: '5', change: { run: 1 } }],
    ['event: resync\nid: 9\ndata: {}', { kind: 'resync', cursor: '9' }],
    ['retry: 1000\nevent: hello\nid: 3\ndata: {}', { kind: 'alive', cursor: '3' }],
    [': alive', { kind: 'alive' }],
  ])('%j', (block, message) => {
    expect(parseFeedBlock(block)).toEqual(message);
  });
});

describe('the route table', () => {
  it('has no two routes with one method and pattern', () => {
    const all = Object.values(ROUTES).flatMap((route) =>
      patternsOf(route).map((pattern) => `${route.method} ${pattern.toLowerCase().replaceAll(/:\w+/g, ':')}`),
    );
    expect(all.filter((one, index) => all.indexOf(one) !== index)).toEqual([]);
  });

  it('says what each route is for in one sentence', () => {
    for (const route of Object.values(ROUTES)) expect(route.summary).toMatch(/^[A-Z].*\.$/);
  });
});
