import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createRateLimits, type RateLimit } from '../src/http/rates/rate-limits.ts';
import { testServer, type TestOptions, type TestServer } from './support/test-server.ts';

const few = (burst: number): RateLimit => ({ burst, perSecond: 1 });

describe('createRateLimits', () => {
  it('never lets more through than the burst and what came since, and never less', () => {
    const waits = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(
        waits,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
        (gaps, burst, rate) => {
          const limits = createRateLimits();
          let [now, allowed] = [0, 0];
          for (const gap of gaps) {
            now += gap;
            const taken = limits.take('a', { burst, perSecond: rate }, now);
            allowed += taken.allowed ? 1 : 0;
            // Whoever waits as long as it says is let through.
            if (!taken.allowed) {
              now += taken.retryMs;
              expect(limits.take('a', { burst, perSecond: rate }, now).allowed).toBe(true);
              allowed += 1;
            }
            expect(allowed).toBeLessThanOrEqual(burst + Math.floor((now * rate) / 1000));
          }
        },
      ),
    );
  });

  it('gives nothing for a clock that was set back', () => {
    const limits = createRateLimits();
    expect(limits.take('a', few(1), 5000).allowed).toBe(true);
    expect(limits.take('a', few(1), 0).allowed).toBe(false);
    expect(limits.take('a', few(1), 1000).allowed).toBe(true);
  });

  it('forgets who asked longest ago when there are too many', () => {
    const limits = createRateLimits(2);
    for (const caller of ['a', 'b', 'a', 'c']) limits.take(caller, few(2), 0);
    expect(limits.take('a', few(2), 0).allowed).toBe(false);
    expect(limits.take('b', few(2), 0).remaining).toBe(1);
  });
});

describe('rates of a server (REST.md §2.1, TH21)', () => {
  let box: TestServer;
  let now = Date.parse('2026-11-22T10:00:00Z');

  const start = async (rates: TestOptions['rates']): Promise<void> => {
    box = await testServer({ clock: () => now, ...(rates !== undefined && { rates }) });
  };

  afterEach(async () => {
    await box.close();
  });

  it('tells near the bound what is left, refuses past it, and lets through after the wait', async () => {
    await start({ caller: few(4) });
    const [first, second, third, , refused] = await inTurn(5, () => box.call('GET', '/_apis/projects'));
    expect(first?.headers).not.toHaveProperty('x-ratelimit-limit');
    expect(second?.headers).not.toHaveProperty('x-ratelimit-limit');
    expect(third?.headers).toMatchObject({
      'x-ratelimit-resource': 'Signalbox/caller',
      'x-ratelimit-limit': '4',
      'x-ratelimit-remaining': '1',
      'x-ratelimit-reset': String(Math.ceil(now / 1000) + 3),
    });
    expect(refused?.statusCode).toBe(429);
    expect(refused?.headers).toMatchObject({ 'retry-after': '1', 'x-ratelimit-delay': '1.000' });
    expect(refused?.json()).toMatchObject({ $id: '1', typeKey: 'RequestBlockedException' });
    now += 1000;
    expect((await box.call('GET', '/_apis/projects')).statusCode).toBe(200);
  });

  it('counts each token for itself, unknown routes too', async () => {
    await start({ caller: few(2) });
    const reader = await box.token('reader');
    const answers = await inTurn(3, () => box.call('GET', '/_apis/nothing', { token: reader }));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 429]);
    expect((await box.call('GET', '/_apis/projects')).statusCode).toBe(200);
  });

  it('counts whoever shows no token by address, and always answers what watches over the server', async () => {
    await start({ anonymous: few(1) });
    const nobody = { token: undefined };
    const answers = await inTurn(2, () => box.call('GET', '//_signalbox/config.json', nobody));
    expect(answers.at(-1)?.statusCode).toBe(429);
    const health = await inTurn(3, () => box.call('GET', '//healthz', nobody));
    expect(health.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect((await box.call('GET', '/_apis/projects')).statusCode).toBe(200);
  });

  it('leaves agents and live streams alone when a script asks too much, and counts what it refused', async () => {
    await start({ caller: few(6) });
    const refused = await inTurn(9, () => box.call('GET', '/_apis/projects'));
    expect(refused.at(-1)?.statusCode).toBe(429);
    const token = await box.agentToken();
    const poll = await box.call('GET', '/_apis/projects', { token });
    expect(poll.statusCode).toBe(403);
    // A stream has no end; one of a project that there is not is answered.
    expect((await box.call('GET', '/Nowhere/_apis/signalbox/feed')).statusCode).toBe(404);
    now += 60_000;
    const metrics = await box.call('GET', '//metrics');
    expect(metrics.body).toMatch(/signalbox_http_limited_total\{kind="caller"\} [1-9]/);
  });
});

async function inTurn<T>(count: number, act: () => Promise<T>): Promise<readonly T[]> {
  const answers: T[] = [];
  for (let done = 0; done < count; done += 1) answers.push(await act());
  return answers;
}
