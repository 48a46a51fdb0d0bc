import { ApiError } from '@signalbox/api';
import { failure } from '../failure.ts';

/** Why the server did not do what a form asked. */
export interface Refusal {
  readonly title: string;
  readonly text: string;
  /** The stable name of the refusal, to search for. */
  readonly code?: string;
}

/** Puts the answer to a form into words: a conflict says that things have moved on. */
export function refusal(error: unknown): Refusal {
  const { title, advice } = failure(error);
  if (!(error instanceof ApiError) || error.status === 0) return { title, text: advice };
  const code = error.code ?? error.typeKey;
  return {
    title: error.status === 409 ? 'It does not fit what is there now' : title,
    text: advice,
    ...(code !== 'UnknownError' && { code }),
  };
}
