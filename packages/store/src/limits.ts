import { minutes, type Millis } from '@signalbox/model';

/** Failures after which a message is parked (F16): enough for a passing fault, few enough not to block its inbox. */
export const MAX_ATTEMPTS = 3;

/** Messages of one aggregate per transaction: beyond 16 throughput grows little, latency of others suffers. */
export const BATCH = 64;

/** Plans kept parsed. A plan of a large pipeline is about 100 kB, so this stays below 100 MB at the worst. */
export const CACHED_PLANS = 500;

/** How long a reply is kept for its key (INV-70). */
export const REPLY_LIFE: Millis = minutes(24 * 60);

/** Deliveries of one subscription that wait; what comes beyond is counted, not kept. */
export const MAX_WAITING = 1000;

/** Items of a page when the caller does not say. */
export const DEFAULT_PAGE = 100;

/** Items of a page at most, whatever the caller says (INV-75). */
export const MAX_PAGE = 5000;
