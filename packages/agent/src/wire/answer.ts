/** What became of a request: the three cases that ask for different behaviour. */
export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  /** The server understood and says no; asking again changes nothing. */
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  /** No server, a broken connection, or a server that is not well: ask again. */
  | { readonly kind: 'unreachable'; readonly message: string };

/** A request that was refused. */
export type Refused = Extract<Answer<never>, { kind: 'refused' }>;

/** True for the answers that only a changed request could change. */
export function isFinal(status: number): boolean {
  // A full disk stays full: whoever waits for it only holds an agent.
  if (status === 507) return true;
  return status >= 400 && status < 500 && status !== 408 && status !== 425 && status !== 429;
}

/** True when nothing more is wanted of a job: its lease is old, its token dead, or it is not known any more. */
export function endsLease(answer: Refused): boolean {
  return isUnauthorised(answer) || answer.status === 404 || answer.status === 409;
}

/** True when the token is not, or no longer, good. */
export function isUnauthorised(answer: Refused): boolean {
  return answer.status === 401 || answer.status === 403;
}
