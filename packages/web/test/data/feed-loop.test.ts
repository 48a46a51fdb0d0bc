import type { FeedMessage } from '@signalbox/api';
import { createClient } from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followFeed } from '../../src/data/feed-loop.ts';

/** A server whose feed answers from a script: text of one connection each, or `undefined` for no answer. */
function scripted(connections: readonly (string | undefined)[]): {
  readonly client: ReturnType<typeof createClient>;
  readonly urls: string[];
} {
  const urls: string[] = [];
  const client = createClient({
    baseUrl: 'http://box/default',
    fetch: async (url) => {
      urls.push(url);
      const text = connections[urls.length - 1];
      if (text === undefined) throw new Error('refused');
      return new Response(text);
    },
  });
  return { client, urls };
}

const CHANGE = 'id: c1\nevent: change\ndata: {"project":1,"kind":"run","id":7,"version":1}\n\n';

describe('followFeed', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  async function follow(connections: readonly (string | undefined)[], span: number) {
    const { client, urls } = scripted(connections);
    const states: string[] = [];
    const messages: FeedMessage[] = [];
    const ended = new AbortController();
    const failed = vi.fn();
    const loop = followFeed(
      client,
      'Demo',
      { state: (state) => states.push(state), message: (one) => messages.push(one), failed },
      ended.signal,
    );
    await vi.advanceTimersByTimeAsync(span);
    ended.abort();
    await loop;
    return { urls, states, messages, failed };
  }

  it('resumes behind the last cursor when the connection ends', async () => {
    const { urls, states, messages } = await follow([CHANGE, ': alive\n\n'], 1500);
    expect(urls[0]).toBe('http://box/default/Demo/_apis/signalbox/feed');
    expect(urls[1]).toBe('http://box/default/Demo/_apis/signalbox/feed?cursor=c1');
    expect(messages.map((one) => one.kind)).toEqual(['change', 'alive']);
    expect(states).toEqual(['connecting', 'live', 'reconnecting', 'live', 'reconnecting']);
  });

  it('says that it is offline after three failures, and asks whether the session is good', async () => {
    const { states, failed } = await follow([], 8000);
    expect(states.slice(0, 4)).toEqual(['connecting', 'reconnecting', 'reconnecting', 'offline']);
    expect(failed.mock.calls.length).toBeGreaterThanOrEqual(3);
  });
});
