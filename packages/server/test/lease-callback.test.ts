import { createHmac } from 'node:crypto';
import type { CallbackBody, LeaseView } from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LEASE_WAITS_PER_CALLER } from '../src/limits.ts';
import { httpReceiver, type HttpReceiver } from './support/http-receiver.ts';
import { testServer, type TestServer } from './support/test-server.ts';

const SECRET = 'a-secret-of-the-caller-0001';
const LEASES = '/Demo/_apis/signalbox/leases';

describe('callbacks of leases', () => {
  let now = 1_800_000_000_000;
  let box: TestServer;
  let caller: HttpReceiver;

  beforeEach(async () => {
    caller = await httpReceiver();
    box = await testServer({ clock: () => now, outbound: [caller.target] });
    await box.json('POST', '/_apis/projects', { name: 'Demo' });
    const resource = { type: 'named', name: 'prod' };
    await box.json('POST', '/Demo/_apis/signalbox/locks', { resource, behavior: 'sequential' });
  });

  afterEach(async () => {
    await box.close();
    await caller.close();
  });

  const ask = (requestId: string, more: object = {}): Promise<LeaseView> =>
    box.json('POST', LEASES, { requestId, caller: requestId, locks: ['prod'], leaseSeconds: 60, ...more });
  const callback = (over: object = {}): object => ({
    callback: { url: `${caller.url}/turn/s3cret?key=1`, secret: SECRET, ...over },
  });
  const state = (requestId: string): Promise<LeaseView> => box.json('GET', `${LEASES}/${requestId}`);
  async function pass(seconds: number): Promise<void> {
    now += seconds * 1000;
    await box.server.settle();
  }

  it('tell of the grant, signed, with the tokens; the lease begins with it', async () => {
    await ask('first');
    const waiting = await ask('second', callback());
    expect(waiting).toMatchObject({
      status: 'queued',
      callback: { kind: 'callback', target: `${caller.url}/…` },
    });
    expect(waiting.leaseUntil).toBeUndefined();
    // Nobody has to ask while it waits: far beyond its lease it has its place.
    for (let minute = 0; minute < 10; minute += 1) {
      await pass(30);
      await box.json('PATCH', `${LEASES}/first`, {});
    }
    expect(caller.received).toEqual([]);
    await box.json('DELETE', `${LEASES}/first`);
    await box.server.settle();
    const [call] = caller.received;
    expect(caller.received).toHaveLength(1);
    expect(call).toMatchObject({
      method: 'POST',
      path: '/turn/s3cret?key=1',
      headers: { 'x-signalbox-event': 'lease.granted', 'content-type': 'application/json' },
    });
    const timestamp = String(call?.headers['x-signalbox-timestamp']);
    const signature = createHmac('sha256', SECRET).update(`${timestamp}.${call?.body}`).digest('hex');
    expect(call?.headers['x-signalbox-signature']).toBe(`sha256=${signature}`);
    expect(JSON.parse(call?.body ?? '') as CallbackBody).toEqual({
      requestId: 'second',
      caller: 'second',
      status: 'inUse',
      locks: [{ lockId: 1, name: 'prod', token: 2 }],
      leaseSeconds: 60,
      leaseUntil: new Date(now + 60_000).toISOString(),
    });
    expect((await state('second')).callback?.told).toMatchObject({ news: 'granted', ok: true });
  });

  it('tell of the loss when the caller is not heard of after the grant', async () => {
    await ask('only', callback({ scheme: 'bearer' }));
    await box.server.settle();
    expect(caller.received[0]?.headers.authorization).toBe(`Bearer ${SECRET}`);
    expect(caller.received[0]?.headers['x-signalbox-signature']).toBeUndefined();
    await pass(61);
    expect(caller.received.map(({ headers }) => headers['x-signalbox-event'])).toEqual([
      'lease.granted',
      'lease.lost',
    ]);
    await pass(31);
    expect(await state('only')).toMatchObject({
      status: 'abandoned',
      callback: { told: { news: 'lost', ok: true } },
    });
  });

  it('are tried again with a back-off, under the same delivery id, and show how it goes', async () => {
    caller.answer = () => ({ status: 503 });
    await ask('only', callback());
    await box.server.settle();
    expect((await state('only')).callback?.trying).toMatchObject({
      attempts: 1,
      message: 'It answered 503.',
    });
    await pass(1);
    await pass(1);
    expect(caller.received).toHaveLength(2);
    await pass(1);
    expect(caller.received).toHaveLength(3);
    caller.answer = () => ({ status: 204 });
    await pass(4);
    const view = await state('only');
    expect(view.callback?.trying).toBeUndefined();
    expect(view.callback?.told).toMatchObject({ ok: true, message: 'It answered 204.' });
    const deliveries = new Set(caller.received.map(({ headers }) => headers['x-signalbox-delivery']));
    expect(deliveries.size).toBe(1);
    await pass(30);
    expect(caller.received).toHaveLength(4);
  });

  it('are given up when nobody listens any more', async () => {
    caller.answer = () => ({ status: 410 });
    await ask('only', callback());
    await box.server.settle();
    await pass(30);
    expect(caller.received).toHaveLength(1);
    expect((await state('only')).callback?.told).toMatchObject({ ok: false, message: 'It answered 410.' });
  });

  it('do not tell of a grant that was lost meanwhile', async () => {
    caller.answer = () => ({ status: 500 });
    await ask('only', callback());
    await box.server.settle();
    await box.json('DELETE', `${LEASES}/only`);
    caller.answer = () => ({ status: 200 });
    await pass(60);
    expect(caller.received).toHaveLength(1);
  });

  it('go to the newest address when the caller asks again from another one', async () => {
    await ask('only', callback());
    await box.server.settle();
    await ask('only', callback({ url: `${caller.url}/moved` }));
    await box.server.settle();
    expect(caller.received.map(({ path }) => path)).toEqual(['/turn/s3cret?key=1', '/moved']);
    await ask('only', callback({ url: `${caller.url}/moved` }));
    await box.server.settle();
    expect(caller.received).toHaveLength(2);
  });

  it('end with an answer when an operator withdraws the request', async () => {
    await ask('first');
    await ask('second', callback());
    const { value } = await box.json<{ value: { waiters: { bundleId: number }[] }[] }>(
      'GET',
      '/Demo/_apis/signalbox/locks',
    );
    const bundle = value[0]?.waiters[0]?.bundleId;
    await box.json('POST', `/Demo/_apis/signalbox/bundles/${bundle}/withdraw`, { reason: 'not today' });
    await box.server.settle();
    expect(caller.received.map(({ headers }) => headers['x-signalbox-event'])).toEqual(['lease.lost']);
    expect(JSON.parse(caller.received[0]?.body ?? '{}')).toMatchObject({ status: 'canceled' });
  });

  it('never reach an address that the server may not call, and say so', async () => {
    await ask('only', callback({ url: 'http://169.254.169.254/latest' }));
    await box.server.settle();
    const told = (await state('only')).callback?.told;
    expect(told).toMatchObject({ ok: false, message: expect.stringContaining('may not call') as string });
  });

  it('keep their secret out of every answer and of the journal', async () => {
    await ask('only', callback());
    await box.server.settle();
    const texts = [
      JSON.stringify(await state('only')),
      (await box.call('GET', '/Demo/_apis/signalbox/locks')).body,
      (await box.call('GET', '/Demo/_apis/signalbox/audit/locks')).body,
    ];
    for (const text of texts) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain('s3cret');
    }
    const replay = await box.json('GET', '/Demo/_apis/signalbox/audit/locks/replay');
    expect(replay['difference']).toBeUndefined();
  });

  it.each([
    [{ url: 'ftp://a/', secret: SECRET }, 'callback.url'],
    [{ url: 'http://user:pass@a/', secret: SECRET }, 'callback.url'],
    [{ url: 'http://a/', secret: 'short' }, 'callback.secret'],
    [{ url: 'http://a/', secret: 'with a space in it, see?' }, 'callback.secret'],
    [{ url: 'http://a/', secret: SECRET, scheme: 'basic' }, 'scheme'],
    [{ url: 'http://a/', secret: SECRET, retries: 9 }, 'retries'],
  ])('refuse %j', async (given, named) => {
    const body = { requestId: 'bad', locks: ['prod'], callback: given };
    const response = await box.call('POST', LEASES, { body });
    expect([response.statusCode, response.body]).toEqual([400, expect.stringContaining(named)]);
  });
});

describe('questions for locks that are kept open', () => {
  it('are so many per token and no more: 429 with when to come back, and the request keeps its place (TH21)', async () => {
    const box = await testServer();
    await box.json('POST', '/_apis/projects', { name: 'Demo' });
    await box.json('POST', '/Demo/_apis/signalbox/locks', { resource: { type: 'named', name: 'prod' } });
    const ask = (requestId: string, waitSeconds: number): ReturnType<TestServer['call']> =>
      box.call('POST', LEASES, { body: { requestId, locks: ['prod'], leaseSeconds: 600, waitSeconds } });
    await ask('holder', 0);
    const open = Array.from({ length: LEASE_WAITS_PER_CALLER }, (_, index) => ask(`waiter-${index}`, 50));
    const waiting = async (): Promise<number> =>
      (await box.json<{ waitersTotal: number }>('GET', '/Demo/_apis/signalbox/locks/1')).waitersTotal;
    await vi.waitFor(async () => expect(await waiting()).toBe(LEASE_WAITS_PER_CALLER), 60_000);
    const refused = await ask('one-more', 50);
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '5']);
    expect((await ask('one-more', 0)).json()).toMatchObject({ status: 'queued' });
    const other = await box.token('contributor');
    const body = { requestId: 'other', locks: ['prod'], waitSeconds: 1 };
    expect((await box.call('POST', LEASES, { token: other, body })).statusCode).toBe(202);
    await box.close();
    const codes = (await Promise.all(open)).map(({ statusCode }) => statusCode);
    expect(new Set(codes)).toEqual(new Set([202]));
  }, 120_000);
});
