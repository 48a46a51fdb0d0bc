/**
 * What one route takes and answers, beside the parameters of its path. The compiler holds handlers and the typed
 * client to it, and `npm run generate` writes it as JSON Schema into the OpenAPI document.
 */
export interface Shape {
  /** Parameters of the query by name; lists are joined by commas, words come in any letter case or as numbers. */
  readonly query?: object;
  /** The JSON of the body; clients may send more than it names, which is ignored unless the route says otherwise. */
  readonly body?: unknown;
  /** The JSON of a success, with nothing that is not named here; `undefined`: it has none. */
  readonly answer: unknown;
  /** Media types of successes that are no JSON, as a union of texts. */
  readonly media?: string;
  /** The statuses of a success, where it is neither 200 nor, without an answer, 204. */
  readonly status?: number;
  /** A status by which the same answer says no. */
  readonly negative?: number;
  /** Statuses of refusals that not every route has: a conflict, the end of a lease. */
  readonly refuses?: number;
}

/** The body of what says everything by its address. */
export type Nothing = Readonly<Record<string, never>>;

/** Where a list goes on. */
export interface Paging {
  /** How many at most. */
  readonly $top?: number;
  /** What the page before gave in the header `x-ms-continuationtoken`. */
  readonly continuationToken?: string;
}

/** A part of a list, counted from its beginning. */
export interface Skipping {
  /** How many at most. */
  readonly $top?: number;
  /** How many to leave out. */
  readonly $skip?: number;
}
