/** How many other locks a settle follows before it leaves the rest to the next one (QUEUEING §3). */
export const MAX_FOLLOWED_LOCKS = 64;

/** How many holders or waiters a blocker names; the queue itself shows all of them. */
export const MAX_SHOWN = 16;

/** A lock's name is shown in lists and logs. */
export const MAX_LOCK_NAME = 256;

/** Branches that a freeze exempts. */
export const MAX_EXEMPT = 32;

/** Characters of the id that an outside caller gives its request. */
export const MAX_LEASE_REQUEST = 128;

/** Characters of the name of an outside caller. */
export const MAX_CALLER_NAME = 128;

/** Locks of one lease. */
export const MAX_LEASE_LOCKS = 16;

/** How long a lease may last without a sign of life of its caller. */
export const LEASE_SECONDS: { readonly least: number; readonly most: number } = { least: 5, most: 3600 };

/** The same at most for a caller that is watched from here: 30 days, as long as a run of Azure may take. */
export const WATCHED_LEASE_SECONDS: number = 30 * 24 * 60 * 60;

/** Added to the end of a lease before its locks go on, for clocks that run apart (LAW-8, RELIABILITY §5.4). */
export const LEASE_MARGIN_MS = 30_000;

/** Characters of the reason that an operator gives. */
export const MAX_REASON = 1000;
