/** How many other locks a settle follows before it leaves the rest to the next one (QUEUEING §3). */
export const MAX_FOLLOWED_LOCKS = 64;

/** How many holders or waiters a blocker names; the queue itself shows all of them. */
export const MAX_SHOWN = 16;

/** A lock's name is shown in lists and logs. */
export const MAX_LOCK_NAME = 256;
