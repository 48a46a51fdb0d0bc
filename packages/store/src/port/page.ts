/** Which part of a list. */
export interface PageOptions {
  readonly limit?: number;
  /** `next` of the page before. */
  readonly after?: string;
}

/** A part of a list; `next` is there when more follows. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque; refused with `bad-cursor` when it was not given out by this list. */
  readonly next?: string;
}
