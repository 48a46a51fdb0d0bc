import { ApiError } from '@signalbox/api';

/** A failure as the page says it: what happened, and what to do next. */
export interface Failure {
  readonly title: string;
  readonly advice: string;
}

/** Puts any failure into words. */
export function failure(error: unknown): Failure {
  if (!(error instanceof ApiError)) {
    return { title: 'Something went wrong on this page', advice: `Reload it. ${messageOf(error)}` };
  }
  if (error.status === 0) {
    return {
      title: 'The server does not answer',
      advice: 'Check that `signalbox up` is running and that this computer reaches it, then try again.',
    };
  }
  if (error.status === 401) return { title: 'You are not signed in', advice: 'Sign in with a token.' };
  if (error.typeKey === 'ApprovalUnauthorizedException') {
    return { title: 'You may not decide this', advice: error.message };
  }
  if (error.status === 403) {
    return {
      title: 'Your role does not allow this',
      advice: `${error.message} Ask an administrator for the role.`,
    };
  }
  if (error.status >= 500) {
    return {
      title: 'The server could not do it',
      advice: `${error.message} The log of the server says more.`,
    };
  }
  return { title: 'The server refused', advice: error.message };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}
