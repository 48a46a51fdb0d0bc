import type { Client, FeedMessage } from '@signalbox/api';
import { ApiError } from '@signalbox/api';
import type { FeedState } from '../view-models/connection.ts';

/** What the loop tells the page. */
export interface FeedListener {
  readonly message: (message: FeedMessage) => void;
  readonly state: (state: FeedState) => void;
  /**
   * The connection ended; the page finds out whether its session is still good.
   * `refused`: the server is there, but gives no stream (too many of them), so the page has to ask by itself.
   */
  readonly ended: (refused: boolean) => void;
}

// The server says something at least every 15 s; silence for three times as long is a dead connection.
const SILENCE = 45_000;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;
/** After this many failures in a row the page says that it is offline. */
const OFFLINE_AFTER = 3;

/** Follows the live feed of a project until the signal: reconnects by itself and resumes behind the last cursor. */
export async function followFeed(
  client: Client,
  project: string,
  listener: FeedListener,
  signal: AbortSignal,
): Promise<void> {
  let cursor: string | undefined;
  let failures = 0;
  listener.state('connecting');
  while (!signal.aborted) {
    // Without a cursor nobody knows what was missed until the first word.
    let blind = cursor === undefined;
    const heard = (message: FeedMessage): void => {
      failures = 0;
      if (message.kind !== 'alive' && message.cursor !== '') cursor = message.cursor;
      listener.state('live');
      if (blind && message.kind !== 'resync') listener.message({ kind: 'resync', cursor: '' });
      blind = false;
      listener.message(message);
    };
    const refused = await listen(client, { project, cursor }, heard, signal);
    if (signal.aborted) return;
    failures += 1;
    listener.state(refused || failures < OFFLINE_AFTER ? 'reconnecting' : 'offline');
    listener.ended(refused);
    await pause(Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures), signal);
  }
}

/** One connection, until it ends in any way; `true` when the server answered and refused. */
async function listen(
  client: Client,
  from: { readonly project: string; readonly cursor: string | undefined },
  heard: (message: FeedMessage) => void,
  outer: AbortSignal,
): Promise<boolean> {
  const silence = new AbortController();
  const signal = AbortSignal.any([outer, silence.signal]);
  let watchdog = setTimeout(() => silence.abort(), SILENCE);
  try {
    const { project, cursor } = from;
    const options = { project, signal, ...(cursor === undefined ? {} : { cursor }) };
    for await (const message of client.feed(options)) {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => silence.abort(), SILENCE);
      heard(message);
    }
    return false;
  } catch (error) {
    // However a connection ends, the loop tries again behind the cursor; only the words differ.
    return error instanceof ApiError && error.status >= 400 && error.status < 500;
  } finally {
    clearTimeout(watchdog);
  }
}

function pause(span: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, span);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
