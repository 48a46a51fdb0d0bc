import type { Instant } from '@signalbox/model';
import type { Sealer } from '../sealer.ts';

/** A sign-in that was begun: the browser keeps it, sealed, while the person is at the provider. */
export interface Attempt {
  /** Proves that the answer belongs to this browser. */
  readonly state: string;
  /** Proves that the token was made for this attempt. */
  readonly nonce: string;
  /** Proves that whoever redeems the code asked for it (PKCE). */
  readonly verifier: string;
  /** The page that is opened afterwards. */
  readonly to: string;
  readonly begunAt: Instant;
}

// Nothing else that the server sealed may pass for an attempt.
const KIND = 'oidc-attempt';

/** The value of the cookie. */
export function sealAttempt(sealer: Sealer, attempt: Attempt): string {
  return sealer.seal(JSON.stringify({ kind: KIND, ...attempt }));
}

/** What was sealed; undefined for what this server did not seal as an attempt. */
export function openAttempt(sealer: Sealer, cookie: string): Attempt | undefined {
  // One sealed value and nothing around it: a forged text with a sealed part inside is none.
  if (!/^\{sealed:[^{}]+\}$/.test(cookie)) return undefined;
  const opened = sealer.open(cookie);
  try {
    const value: unknown = JSON.parse(opened);
    return isAttempt(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isAttempt(value: unknown): value is Attempt {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === KIND;
}

// A base of nobody: only what stays below it is a page of this server.
const NOBODY = 'http://signalbox.invalid';
const LONGEST_PATH = 1000;

/** The page to open afterwards: a path of this server, or the first page. An open redirect would lend its name to others. */
export function returnPath(asked: string | undefined): string {
  const isPath =
    asked !== undefined && asked.length <= LONGEST_PATH && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(asked);
  if (!isPath || !URL.canParse(asked, NOBODY)) return '/';
  const { origin, pathname, search, hash } = new URL(asked, NOBODY);
  const isPage =
    origin === NOBODY && !pathname.startsWith('//') && !/^\/(?:signin|signout|_)/i.test(pathname);
  return isPage ? `${pathname}${search}${hash}` : '/';
}
