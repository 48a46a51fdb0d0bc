/** How many other locks a settle follows before it leaves the rest to the next one (QUEUEING §3). */
export const MAX_FOLLOWED_LOCKS = 64;

/** How many holders or waiters a blocker names; the queue itself shows all of them. */
export const MAX_SHOWN = 16;

/** A lock's name is shown in lists and logs. */
export const MAX_LOCK_NAME = 256;

/** Branches that a freeze exempts. */
export const MAX_EXEMPT = 32;

/** Characters of the reason that an operator gives. */
export const MAX_REASON = 1000;
