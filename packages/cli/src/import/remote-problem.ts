/** Why one of the two sides did not do what was asked of it. */
export type RemoteProblemCode =
  /** No answer at all. */
  | 'silent'
  /** 401, 403, or the page of a sign-in. */
  | 'denied'
  /** 404. */
  | 'missing'
  /** It sent the request elsewhere; the token does not go along. */
  | 'redirected'
  /** It asked for patience more often than we have it. */
  | 'limited'
  /** Another status from 400 to 499: its own words say why. */
  | 'refused'
  /** A status from 500 on. */
  | 'failed'
  /** The answer is larger than we read. */
  | 'too-large'
  /** The answer is not JSON, or not of the shape that it has by its documentation. */
  | 'not-understood'
  /** Pages of a list that do not come to an end. */
  | 'endless';

/** A call that failed; `message` is one sentence for people. */
export class RemoteProblem extends Error {
  readonly code: RemoteProblemCode;

  constructor(code: RemoteProblemCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'RemoteProblem';
    this.code = code;
  }
}
