import type { FeedMessage } from '@signalbox/api';
import { createClient } from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followFeed } from '../../src/data/feed-loop.ts';

type Connection = string | { readonly status: number } | undefined;

/** A server whose feed answers from a script: text of one connection each, or `undefined` for no answer. */
function scripted(connections: readonly Connection[]): {
  readonly client: ReturnType<typeof createClient>;
  readonly urls: string[];
} {
  const urls: string[] = [];
  const client = createClient({
    baseUrl: 'http://box/default',
    fetch: async (url) => {
      urls.push(url);
      const answer = connections[urls.length - 1];
      if (answer === undefined) throw new Error('refused');
      return typeof answer === 'string' ? new Response(answer) : new Response('{}', answer);
    },
  });
  return { client, urls };
}

const CHANGE = 'id: c1\nevent: change\ndata: {"project":1,"kind":"run","id":7,"version":1}\n\n';

describe('followFeed', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  async function follow(connections: readonly Connection[], span: number) {
    const { client, urls } = scripted(connections);
    const states: string[] = [];
    const messages: FeedMessage[] = [];
    const left = new AbortController();
    const ended = vi.fn();
    const loop = followFeed(
      client,
      'Demo',
      { state: (state) => states.push(state), message: (one) => messages.push(one), ended },
      left.signal,
    );
    await vi.advanceTimersByTimeAsync(span);
    left.abort();
    await loop;
    return { urls, states, messages, ended };
  }

  it('resumes behind the last cursor when the connection ends', async () => {
    const { urls, states, messages } = await follow([CHANGE, ': alive\n\n'], 1500);
    expect(urls[0]).toBe('http://box/default/Demo/_apis/signalbox/feed');
    expect(urls[1]).toBe('http://box/default/Demo/_apis/signalbox/feed?cursor=c1');
    expect(messages.map((one) => one.kind)).toEqual(['resync', 'change', 'alive']);
    expect(states).toEqual(['connecting', 'live', 'reconnecting', 'live', 'reconnecting']);
  });

  it('has everything read anew when it has no cursor to resume behind', async () => {
    const { urls, messages } = await follow([': alive\n\n', ': alive\n\n'], 1500);
    expect(urls[1]).not.toContain('cursor');
    expect(messages.map((one) => one.kind)).toEqual(['resync', 'alive', 'resync', 'alive']);
  });

  it('does not call a server offline that refuses another stream', async () => {
    const busy = { status: 429 };
    const { states, ended } = await follow([busy, busy, busy, busy], 12_000);
    expect(states).not.toContain('offline');
    expect(ended.mock.calls[0]).toEqual([true]);
  });

  it('says that it is offline after three failures, and asks whether the session is good', async () => {
    const { states, ended } = await follow([], 8000);
    expect(states.slice(0, 4)).toEqual(['connecting', 'reconnecting', 'reconnecting', 'offline']);
    expect(ended.mock.calls.length).toBeGreaterThanOrEqual(3);
  });
});
