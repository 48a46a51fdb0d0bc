import type { Client, FeedMessage } from '@signalbox/api';
import type { FeedState } from '../view-models/connection.ts';

/** What the loop tells the page. */
export interface FeedListener {
  readonly message: (message: FeedMessage) => void;
  readonly state: (state: FeedState) => void;
  /** The connection failed; the page finds out whether its session is still good. */
  readonly failed: () => void;
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
    const heard = (message: FeedMessage): void => {
      failures = 0;
      if (message.kind !== 'alive' && message.cursor !== '') cursor = message.cursor;
      listener.state('live');
      listener.message(message);
    };
    await listen(client, project, cursor, heard, signal);
    if (signal.aborted) return;
    failures += 1;
    listener.state(failures < OFFLINE_AFTER ? 'reconnecting' : 'offline');
    listener.failed();
    await pause(Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures), signal);
  }
}

/** One connection, until it ends in any way. */
async function listen(
  client: Client,
  project: string,
  cursor: string | undefined,
  heard: (message: FeedMessage) => void,
  outer: AbortSignal,
): Promise<void> {
  const silence = new AbortController();
  const signal = AbortSignal.any([outer, silence.signal]);
  let watchdog = setTimeout(() => silence.abort(), SILENCE);
  try {
    const options = { project, signal, ...(cursor === undefined ? {} : { cursor }) };
    for await (const message of client.feed(options)) {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => silence.abort(), SILENCE);
      heard(message);
    }
  } catch {
    // Every way a connection can end means the same to the loop: try again, behind the cursor.
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
