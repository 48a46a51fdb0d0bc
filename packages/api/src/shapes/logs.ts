/** Which part of a log, in which form. */
export interface LogQuery {
  /** The first line, from 1. */
  readonly startLine?: number;
  /** The last line, included. */
  readonly endLine?: number;
  /** `text`, `json` or `zip`; without it the header Accept says so. */
  readonly $format?: string;
}

/** Whether addresses are wanted that open a content without a token. */
export interface SignedQuery {
  /** `signedContent`, or 1. */
  readonly $expand?: string;
}
