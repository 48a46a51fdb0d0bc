/** Why the store refuses; each code has a row in `docs/reference/store.md`. */
export const STORE_ERROR_CODES = [
  /** The data folder or schema was written by a newer version. */
  'newer-version',
  /** Another process has the data folder open. */
  'in-use',
  /** The data folder cannot be created, read or written. */
  'folder-unusable',
  /** The database does not answer, or refuses the sign-in. */
  'unreachable',
  /** PostgreSQL older than 15. */
  'postgres-too-old',
  /** The disk is full or read-only, or the database refuses writes. */
  'not-writable',
  /** Nobody knows whether the commit happened; read back before trying again. */
  'outcome-unknown',
  /** The store was closed. */
  'closed',
  /** The same reply key came with another message. */
  'key-reused',
  /** Another row of the same kind has this name, letter case aside. */
  'name-taken',
  /** The row was changed since it was read. */
  'stale-revision',
  /** There is no such row. */
  'not-found',
  /** Lines before these are missing. */
  'log-gap',
  /** A continuation token or cursor that this store never gave out. */
  'bad-cursor',
] as const;

/** One of `STORE_ERROR_CODES`. */
export type StoreErrorCode = (typeof STORE_ERROR_CODES)[number];

/** A refusal of the store: a stable code and one sentence that says what to do. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}
