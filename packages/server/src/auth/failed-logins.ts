import type { Instant } from '@signalbox/model';
import { FAILED_LOGINS_PER_MINUTE } from '../limits.ts';

const WINDOW_MS = 60_000;
// A flood of addresses must not fill the memory; the oldest are forgotten first.
const SOURCES = 10_000;

/** Counts failed sign-ins per source, so that tokens cannot be guessed at speed (TH16). */
export interface FailedLogins {
  /** Seconds to wait, when the source has failed too often; else undefined. */
  blockedFor(source: string, now: Instant): number | undefined;
  failed(source: string, now: Instant): void;
  /** A token that was good once is no guess: agents beside a misconfigured script are not locked out. */
  trust(hash: string): void;
  isTrusted(hash: string): boolean;
}

/** An empty count. */
export function createFailedLogins(): FailedLogins {
  const trusted = new Set<string>();
  const windows = new Map<string, { since: Instant; count: number }>();
  return {
    isTrusted: (hash) => trusted.has(hash),
    trust(hash) {
      trusted.delete(hash);
      trusted.add(hash);
      const oldest = trusted.size > SOURCES ? trusted.keys().next().value : undefined;
      if (oldest !== undefined) trusted.delete(oldest);
    },
    blockedFor(source, now) {
      const window = windows.get(source);
      if (window === undefined || now >= window.since + WINDOW_MS) return undefined;
      if (window.count < FAILED_LOGINS_PER_MINUTE) return undefined;
      return Math.ceil((window.since + WINDOW_MS - now) / 1000);
    },
    failed(source, now) {
      const window = windows.get(source);
      if (window !== undefined && now < window.since + WINDOW_MS) {
        window.count += 1;
        return;
      }
      windows.delete(source);
      windows.set(source, { since: now, count: 1 });
      const oldest = windows.size > SOURCES ? windows.keys().next().value : undefined;
      if (oldest !== undefined) windows.delete(oldest);
    },
  };
}
