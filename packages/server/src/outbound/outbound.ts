import type { Millis } from '@signalbox/model';

/** One call to somewhere outside. */
export interface OutboundRequest {
  readonly method: OutboundMethod;
  /** `http:` or `https:`, without user and password. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For the whole call, redirects included. Default: `OUTBOUND_MS`. */
  readonly timeoutMs?: Millis;
  /** False: a redirect is an answer like any other. Default: it is followed. */
  readonly follow?: boolean;
}

/** Methods that a call may have (HOOK-1). */
export type OutboundMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | 'TRACE';

/** What came of a call. Any status is an answer; only what never got one has failed. */
export type OutboundResult =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly kind: 'failed'; readonly code: OutboundProblem; readonly message: string };

/**
 * Why a call got no answer. `url-invalid`, `address-denied` and `redirect-refused` are decisions of this server: they
 * stay so until somebody changes the address or the settings.
 */
export type OutboundProblem =
  | 'url-invalid'
  | 'address-denied'
  | 'redirect-refused'
  | 'name-unknown'
  | 'unreachable'
  | 'timed-out'
  | 'answer-too-large'
  | 'stopped';

/** The addresses of a host, looked up once, each of them checked. */
export type CheckedAddresses =
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  | (OutboundResult & { readonly kind: 'failed' });

/**
 * The one way out of the server (TH5): REST checks, callbacks, webhooks and notifications all go through it. A value
 * in, a value out: it never throws, and follows no proxy of the environment.
 */
export interface Outbound {
  send(request: OutboundRequest): Promise<OutboundResult>;
  /**
   * The addresses that a connection of another kind may go to, by the same rules; the URL names its port. Whoever asks
   * connects to one of these, and to nothing else.
   */
  check(url: URL): Promise<CheckedAddresses>;
  /** Ends calls under way; later ones fail as `stopped`. */
  stop(): void;
}

/** A failed call. */
export function failed(code: OutboundProblem, message: string): OutboundResult & { readonly kind: 'failed' } {
  return { kind: 'failed', code, message };
}

/** True for failures that another try does not mend. */
export function isLasting(code: OutboundProblem): boolean {
  return code === 'url-invalid' || code === 'address-denied' || code === 'redirect-refused';
}

/** What became of a call in one sentence, without anything that the other side said. */
export function describeResult(result: OutboundResult): string {
  return result.kind === 'answered' ? `It answered ${result.status}.` : result.message;
}
