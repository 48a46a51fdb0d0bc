/** How many other locks a settle follows before it leaves the rest to the next one (QUEUEING §3). */
export const MAX_FOLLOWED_LOCKS = 64;

/** How many holders or waiters a blocker names; the queue itself shows all of them. */
export const MAX_SHOWN = 16;

/** "Unlimited" fits in; beyond it a capacity says nothing any more. */
export const MAX_CAPACITY = 1_000_000;

/** Ten years of waiting. */
export const MAX_WAIT_MINUTES = 5_256_000;

/** A lock's name is shown in lists and logs. */
export const MAX_LOCK_NAME = 256;
