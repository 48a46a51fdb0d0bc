import type { WireSignedContent } from '@signalbox/api';
import type { Instant, RunId } from '@signalbox/model';
import type { App } from '../app.ts';
import { SIGNED_CONTENT_MS } from '../limits.ts';

/** What a signed address opens: one content of one run. */
export type SignedContent =
  | { readonly kind: 'log'; readonly run: RunId; readonly id: number }
  | { readonly kind: 'artifact'; readonly run: RunId; readonly id: number }
  /** All its logs. */
  | { readonly kind: 'logs'; readonly run: RunId; readonly id: 0 };

const KINDS: readonly SignedContent['kind'][] = ['log', 'artifact', 'logs'];

/**
 * An address that opens one content for a short while, without a token (REST.md §3.4). Nobody but this server can write
 * or change one: what it opens, and until when, is sealed in it, and the seal is checked in constant time.
 */
export function signedContent(
  app: Pick<App, 'sealer' | 'baseUrl' | 'clock'>,
  content: SignedContent,
): WireSignedContent {
  const { kind, run, id } = content;
  const expires = app.clock() + SIGNED_CONTENT_MS;
  const ticket = Buffer.from(app.sealer.seal(JSON.stringify([PURPOSE, kind, run, id, expires])));
  return {
    url: `${app.baseUrl()}/_apis/signalbox/content/${ticket.toString('base64url')}`,
    signatureExpires: new Date(expires).toISOString(),
  };
}

/** What the ticket of such an address opens now; undefined: it is none of ours. */
export function openTicket(
  { sealer }: Pick<App, 'sealer'>,
  ticket: string,
  now: Instant,
): SignedContent | 'expired' | undefined {
  const sealed = Buffer.from(ticket, 'base64url').toString('utf8');
  const text = sealer.open(sealed);
  // What is not sealed stays as it is: anybody can write that.
  if (text === sealed) return undefined;
  const [purpose, kind, run, id, expires] = partsOf(text);
  const known = KINDS.find((one) => one === kind);
  if (purpose !== PURPOSE || known === undefined) return undefined;
  if (Number(expires) <= now) return 'expired';
  return { kind: known, run: Number(run), id: Number(id) } as SignedContent;
}

/** Nothing else that is sealed here opens a content. */
const PURPOSE = 'signed content';

function partsOf(text: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(text);
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}
