import type { Instant } from '@signalbox/model';

/** How much may be asked: `burst` requests at once, and `perSecond` again in every second; both whole and above zero. */
export interface RateLimit {
  readonly burst: number;
  readonly perSecond: number;
}

/**
 * Who shares a bound: tokens and sessions, one each; agents, one for each token and address; live streams of a token,
 * so that a script that asks too much does not end the page beside it; and whoever shows no token, by address.
 */
export type RateKind = 'caller' | 'agent' | 'feed' | 'anonymous';

/** The bounds of a server. */
export type Rates = Readonly<Record<RateKind, RateLimit>>;

/** What a request found in its bucket. */
export interface Taken {
  readonly allowed: boolean;
  /** Whole requests that are left. */
  readonly remaining: number;
  /** Milliseconds until a request is allowed again; 0: at once. */
  readonly retryMs: number;
  /** When nothing counts any more, if nothing is asked until then. */
  readonly fullAt: Instant;
}

/** Counts requests of callers: a bucket for each, in the memory of this replica. */
export interface RateLimits {
  take(caller: string, limit: RateLimit, now: Instant): Taken;
}

/** In thousandths of a request, which are whole numbers at every millisecond: nobody waits for a rounding fault. */
interface Bucket {
  level: number;
  at: Instant;
}

const ONE = 1000;
// A flood of addresses must not fill the memory; whoever asked longest ago is forgotten first.
const CALLERS = 20_000;

/** Full buckets for everybody. */
export function createRateLimits(most: number = CALLERS): RateLimits {
  const buckets = new Map<string, Bucket>();
  return {
    take(caller, limit, now) {
      const bucket = refilled(buckets.get(caller), limit, now);
      const allowed = bucket.level >= ONE;
      if (allowed) bucket.level -= ONE;
      // Put at the end: the map's order is who asked last.
      buckets.delete(caller);
      buckets.set(caller, bucket);
      const oldest = buckets.size > most ? buckets.keys().next().value : undefined;
      if (oldest !== undefined) buckets.delete(oldest);
      return {
        allowed,
        remaining: Math.floor(bucket.level / ONE),
        retryMs: millisTo(ONE, bucket, limit),
        fullAt: now + millisTo(limit.burst * ONE, bucket, limit),
      };
    },
  };
}

function refilled(bucket: Bucket | undefined, limit: RateLimit, now: Instant): Bucket {
  const full = limit.burst * ONE;
  if (bucket === undefined) return { level: full, at: now };
  // A clock that was set back gives nothing and takes nothing.
  const passed = Math.max(0, now - bucket.at);
  return { level: Math.min(full, bucket.level + passed * limit.perSecond), at: now };
}

function millisTo(level: number, bucket: Bucket, limit: RateLimit): number {
  return Math.max(0, Math.ceil((level - bucket.level) / limit.perSecond));
}
