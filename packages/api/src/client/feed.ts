import { ROUTES } from '../routes/table.ts';
import type { FeedChange } from '../views.ts';
import type { FetchBody, Transport } from './transport.ts';

/** What the feed says: something changed, or everything has to be read anew. Resume behind `cursor`. */
export type FeedMessage =
  | { readonly kind: 'change'; readonly cursor: string; readonly change: FeedChange }
  | { readonly kind: 'resync'; readonly cursor: string }
  /** The connection lives; nothing happened. The first one says where the stream began. */
  | { readonly kind: 'alive'; readonly cursor?: string };

/** The live feed. */
export interface FeedClient {
  /** Ends when the server ends it or the signal does; call again with the last cursor to go on. */
  feed(options?: {
    readonly project?: string;
    readonly cursor?: string;
    readonly signal?: AbortSignal;
  }): AsyncGenerator<FeedMessage, void, void>;
}

/** The call of `FeedClient`. */
export function feedClient(transport: Transport): FeedClient {
  return {
    async *feed(options = {}) {
      const { project, cursor, signal } = options;
      const response = await transport.open(ROUTES.feed, {
        path: project === undefined ? {} : { project },
        query: { cursor },
        accept: 'text/event-stream',
        signal,
      });
      if (response.body !== null) yield* messagesOf(response.body);
    },
  };
}

async function* messagesOf(body: FetchBody): AsyncGenerator<FeedMessage, void, void> {
  const reader = body.getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = `${rest}${asciiOf(value)}`.split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) yield parseFeedBlock(block);
    }
  } finally {
    await reader.cancel();
  }
}

// The server writes the feed in ASCII (JSON escapes the rest), so that no decoder is needed here.
function asciiOf(bytes: Uint8Array | undefined): string {
  let text = '';
  for (const byte of bytes ?? []) text += String.fromCharCode(byte);
  return text;
}

/** Reads one block of server-sent events (the text between two empty lines). */
export function parseFeedBlock(block: string): FeedMessage {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).trimStart());
  }
  const cursor = fields.get('id') ?? '';
  const data = fields.get('data');
  if (fields.get('event') === 'resync') return { kind: 'resync', cursor };
  if (fields.get('event') !== 'change' || data === undefined) {
    return { kind: 'alive', ...(cursor !== '' && { cursor }) };
  }
  const change: FeedChange = JSON.parse(data);
  return { kind: 'change', cursor, change };
}
