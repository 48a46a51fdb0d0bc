import type { Rates } from './rate-limits.ts';

/** How many seconds' worth of requests may come at once. */
const BURST_SECONDS = 20;

/**
 * Bounds that no honest client meets: a script that asks as fast as one connection can stays below, and so does a crowd
 * of agents behind one token and address. They stop what runs away (TH21).
 */
export const DEFAULT_RATES: Rates = {
  caller: perSecond(500),
  agent: perSecond(5000),
  // A live page that comes back after each cut asks once in some seconds.
  feed: perSecond(20),
  // Pages of the web before the sign-in, badges, push hooks: everybody behind a proxy has its address.
  anonymous: perSecond(200),
};

/** The bounds with another one for tokens and sessions; `undefined` changes nothing. */
export function ratesOf(callerPerSecond: number | undefined): Rates {
  return callerPerSecond === undefined
    ? DEFAULT_RATES
    : { ...DEFAULT_RATES, caller: perSecond(callerPerSecond) };
}

function perSecond(count: number): { readonly burst: number; readonly perSecond: number } {
  return { burst: count * BURST_SECONDS, perSecond: count };
}
