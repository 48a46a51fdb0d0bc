/** A client has said what it wants within this time. */
export const HEAD_MS = 10_000;
/** How often connections are looked at that are late with their head. */
export const LOOK_MS = 1_000;
/** A connection on which nothing happens is closed; a question for a lock may be open for longer than half a minute. */
export const IDLE_MS = 180_000;
/** The server has said something within this time. */
export const SERVER_SILENCE_MS = 180_000;
/** Connections at once. */
export const MOST_CONNECTIONS = 256;
/** Bytes of the head of a request. */
export const HEAD_BYTES = 32_768;
