import type { FeedEntry, Journal } from '@signalbox/store';

/** Gets every entry that commits from now on, in the feed's order. Must not throw and must not wait. */
export type FeedListener = (entries: readonly FeedEntry[]) => void;

/**
 * Reads the end of the journal once for everybody in this process: live streams, agents that wait for work, jobs that
 * wait for a cancel. None of them polls.
 */
export interface FeedHub {
  listen(listener: FeedListener): () => void;
  /** Resolves at the first entry for which `found` is true, after `waitMs`, or when the hub closes. */
  waitFor(found: (entry: FeedEntry) => boolean, waitMs: number, signal?: AbortSignal): Waiting;
  /** Calls when the hub closes; returns how to forget about it. */
  onClose(listener: () => void): () => void;
  close(): Promise<void>;
}

/** A wait under way; it listens from the moment it was made. */
export interface Waiting {
  readonly over: Promise<'found' | 'timeout' | 'closed'>;
  cancel(): void;
}

const BATCH = 500;
const RETRY_MS = 1000;

/** Starts reading at the present end of the journal. */
export async function createFeedHub(journal: Journal, failed: (error: unknown) => void): Promise<FeedHub> {
  const listeners = new Set<FeedListener>();
  const closing = new Set<() => void>();
  let cursor = await journal.tail();
  let reading: Promise<void> | undefined;
  let again = false;
  let closed = false;

  const read = async (): Promise<void> => {
    do {
      again = false;
      const { entries, cursor: next } = await journal.feed(cursor, BATCH);
      cursor = next;
      if (entries.length > 0) for (const listener of listeners) listener(entries);
      again ||= entries.length === BATCH;
    } while (again && !closed);
  };
  const wake = (): void => {
    again = true;
    if (closed || reading !== undefined) return;
    reading = read()
      .catch((error: unknown) => {
        if (!closed) failed(error);
        if (!closed) setTimeout(wake, RETRY_MS).unref();
        again = false;
      })
      .finally(() => {
        reading = undefined;
        if (again) wake();
      });
  };
  const stop = journal.onGrowth(wake);
  const listen = (listener: FeedListener): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    listen,
    waitFor: (found, waitMs, signal) => startWait({ listen, closing, found, waitMs, signal }),
    onClose(listener) {
      closing.add(listener);
      return () => closing.delete(listener);
    },
    async close() {
      closed = true;
      stop();
      for (const end of closing) end();
      await reading;
    },
  };
}

interface WaitRequest {
  readonly listen: FeedHub['listen'];
  readonly closing: Set<() => void>;
  readonly found: (entry: FeedEntry) => boolean;
  readonly waitMs: number;
  readonly signal: AbortSignal | undefined;
}

function startWait({ listen, closing, found, waitMs, signal }: WaitRequest): Waiting {
  let settle: (how: 'found' | 'timeout' | 'closed') => void = () => {};
  const over = new Promise<'found' | 'timeout' | 'closed'>((resolve) => (settle = resolve));
  const end = (how: 'found' | 'timeout' | 'closed'): void => {
    stop();
    clearTimeout(timer);
    closing.delete(close);
    signal?.removeEventListener('abort', close);
    settle(how);
  };
  const close = (): void => end('closed');
  const stop = listen((entries) => {
    if (entries.some(found)) end('found');
  });
  const timer = setTimeout(() => end('timeout'), waitMs);
  closing.add(close);
  signal?.addEventListener('abort', close, { once: true });
  if (signal?.aborted === true) close();
  return { over, cancel: close };
}
