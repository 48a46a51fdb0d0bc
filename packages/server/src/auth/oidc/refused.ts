import type { SignInRefusal } from '@signalbox/api';
import { AuthorizationResponseError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client';

/** A sign-in that comes to nothing: the code is for the person, the detail for the log of the server. */
export class SignInRefused extends Error {
  readonly code: SignInRefusal;
  readonly detail: string;

  constructor(code: SignInRefusal, detail: string, options?: { readonly cause?: unknown }) {
    super(`${code}: ${detail}`, options);
    this.name = 'SignInRefused';
    this.code = code;
    this.detail = detail;
  }
}

/** What a fault on the way to the provider and back means to the person. */
export function whyRefused(error: unknown): SignInRefused {
  const found = causesOf(error).find((one) => one instanceof SignInRefused);
  if (found !== undefined) return found;
  const refused = (code: SignInRefusal, detail: string): SignInRefused =>
    new SignInRefused(code, detail, { cause: error });
  if (error instanceof AuthorizationResponseError)
    return refused(error.error === 'access_denied' ? 'denied' : 'provider-failed', saidBy(error));
  // A code is good once, and for a minute or so.
  if (error instanceof ResponseBodyError)
    return refused(error.error === 'invalid_grant' ? 'not-begun' : 'provider-failed', saidBy(error));
  if (error instanceof WWWAuthenticateChallengeError)
    return refused('provider-failed', 'The provider does not take the secret of this client.');
  const codes = causesOf(error).map(codeOf);
  const detail = causesOf(error).map(messageOf).join(' ');
  if (codes.includes('OAUTH_JWT_TIMESTAMP_CHECK_FAILED')) return refused('clock-skew', detail);
  if (codes.some((code) => UNUSABLE.has(code))) return refused('provider-failed', detail);
  return refused('answer-invalid', detail);
}

/** What a provider answers that is none, or is broken. */
const UNUSABLE: ReadonlySet<string> = new Set([
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
  'OAUTH_MISSING_SERVER_METADATA',
  'OAUTH_INVALID_SERVER_METADATA',
  'OAUTH_HTTP_REQUEST_FORBIDDEN',
  'OAUTH_REQUEST_PROTOCOL_FORBIDDEN',
]);

const MOST_CAUSES = 5;

function causesOf(error: unknown): readonly Error[] {
  const found: Error[] = [];
  let one = error;
  while (one instanceof Error && found.length < MOST_CAUSES) {
    found.push(one);
    one = one.cause;
  }
  return found;
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}

function messageOf(error: Error): string {
  return `${error.message}.`;
}

const LONGEST_SAYING = 300;

/** What the provider said about itself; no more of it than a line of a log holds. */
function saidBy(error: { readonly error: string; readonly error_description?: string | undefined }): string {
  const text = `The provider says ${error.error}: ${error.error_description ?? ''}`;
  return text.replaceAll(/\p{Cc}/gu, ' ').slice(0, LONGEST_SAYING);
}
