import type { FeedChange } from '@signalbox/api';
import type { ProjectId } from '@signalbox/model';
import type { FeedEntry } from '@signalbox/store';
import { HEARTBEAT_MS, STREAM_BUFFER_BYTES, STREAMS, STREAMS_PER_CALLER } from '../../limits.ts';
import { seesProject, type Ask, type Handlers } from '../ask.ts';
import { Problem } from '../problem.ts';
import { feedChange } from './feed-change.ts';

/** The live feed as server-sent events, resumable by cursor (INV-44). */
export const feedHandlers: Handlers<'feed'> = { feed: async (ask) => openFeed(ask) };

const open = new WeakMap<object, Map<string, number>>();

async function openFeed(ask: Ask): Promise<undefined> {
  const project = await ask.projectIfNamed();
  const leave = enter(ask);
  const header = ask.request.headers['last-event-id'];
  const asked = typeof header === 'string' && header !== '' ? header : ask.query.text('cursor', 1024);
  try {
    const start = await startOf(ask, asked);
    const { reply } = ask;
    reply.hijack();
    reply.raw.writeHead(200, {
      ...headersOf(ask),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const stream = new FeedStream(ask, shownBy(ask, project?.id));
    stream.begin(start, leave);
  } catch (error) {
    leave();
    throw error;
  }
  return undefined;
}

/** Whether a stream tells of a project: the named one, else those that the caller saw when he opened it. */
function shownBy({ principal }: Ask, named: ProjectId | undefined): (project: ProjectId) => boolean {
  return named === undefined ? (project) => seesProject(principal, project) : (project) => project === named;
}

function headersOf({ reply }: Ask): Record<string, string> {
  return Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]));
}

/** At most five streams for one caller, so that a page with a fault cannot take them all (TH21). */
function enter({ app, principal }: Ask): () => void {
  const counts = open.get(app) ?? new Map<string, number>();
  open.set(app, counts);
  const key = 'token' in principal ? `${principal.token}:${'session' in principal && principal.session}` : '';
  const mine = counts.get(key) ?? 0;
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (mine >= STREAMS_PER_CALLER || all >= STREAMS) {
    throw new Problem(
      429,
      'TooManyStreamsException',
      `At most ${STREAMS_PER_CALLER} live streams; close one.`,
      {
        headers: { 'retry-after': '5' },
      },
    );
  }
  counts.set(key, mine + 1);
  app.metrics.streams.inc();
  let left = false;
  return () => {
    if (left) return;
    left = true;
    app.metrics.streams.dec();
    const now = (counts.get(key) ?? 1) - 1;
    if (now > 0) counts.set(key, now);
    else counts.delete(key);
  };
}

/** Where to begin: behind the cursor, or at the end when there is none; a cursor that is none of ours resyncs. */
async function startOf(
  { app }: Ask,
  cursor: string | undefined,
): Promise<{ cursor: string; resync: boolean }> {
  const { journal } = app.store;
  if (cursor === undefined) return { cursor: await journal.tail(), resync: false };
  try {
    await journal.feed(cursor, 1);
    return { cursor, resync: false };
  } catch {
    return { cursor: await journal.tail(), resync: true };
  }
}

const BATCH = 200;

/** One open stream. It reads the journal itself, at the speed of its reader; the hub only wakes it. */
class FeedStream {
  readonly #ask: Ask;
  readonly #shows: (project: ProjectId) => boolean;
  #cursor = '';
  #reading = false;
  #again = false;
  #closed = false;

  constructor(ask: Ask, shows: (project: ProjectId) => boolean) {
    this.#ask = ask;
    this.#shows = shows;
  }

  begin(start: { readonly cursor: string; readonly resync: boolean }, leave: () => void): void {
    const { app, reply } = this.#ask;
    this.#cursor = start.cursor;
    // Clients wait this long, in milliseconds, before they come back.
    reply.raw.write('retry: 1000\n');
    this.#send(start.resync ? 'resync' : 'hello', undefined);
    const stop = app.hub.listen(() => this.#wake());
    const closing = app.hub.onClose(() => this.#end());
    const beat = setInterval(() => reply.raw.write(': alive\n\n'), HEARTBEAT_MS);
    reply.raw.once('close', () => {
      this.#closed = true;
      clearInterval(beat);
      stop();
      closing();
      leave();
    });
    this.#wake();
  }

  #end(): void {
    this.#ask.reply.raw.end();
  }

  #wake(): void {
    this.#again = true;
    if (this.#reading) return;
    this.#reading = true;
    this.#read()
      .catch((error: unknown) => {
        this.#ask.app.logger.warn({ err: error }, 'feed-stream-failed');
        this.#end();
      })
      .finally(() => (this.#reading = false));
  }

  async #read(): Promise<void> {
    while (this.#again && !this.#closed) {
      this.#again = false;
      const { entries, cursor } = await this.#ask.app.store.journal.feed(this.#cursor, BATCH);
      for (const entry of entries) this.#change(entry);
      this.#cursor = cursor;
      if (entries.length === BATCH) this.#again = true;
      if (this.#ask.reply.raw.writableLength > STREAM_BUFFER_BYTES) await this.#drained();
    }
  }

  // A reader that is too slow gets nothing more until it has read; what it missed is still in the journal.
  #drained(): Promise<void> {
    const { raw } = this.#ask.reply;
    return new Promise((resolve) => {
      const done = (): void => {
        raw.off('drain', done);
        raw.off('close', done);
        resolve();
      };
      raw.once('drain', done);
      raw.once('close', done);
      if (!raw.writableNeedDrain) done();
    });
  }

  #change(entry: FeedEntry): void {
    // Entries of pools have no project; what they change is seen by everybody.
    if (entry.project !== undefined && !this.#shows(entry.project)) return;
    this.#cursor = entry.cursor;
    this.#send('change', feedChange(entry));
  }

  #send(event: string, data: FeedChange | undefined): void {
    const text = data === undefined ? '{}' : ascii(JSON.stringify(data));
    this.#ask.reply.raw.write(`event: ${event}\nid: ${this.#cursor}\ndata: ${text}\n\n`);
  }
}

// JSON may escape whatever it likes: an ASCII stream needs no decoder on the other side.
function ascii(json: string): string {
  return json.replaceAll(
    /[\u007F-\uFFFF]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
