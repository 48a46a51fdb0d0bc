import { tagProblem } from '@signalbox/model';
import { badRequest } from '../problem.ts';

/** A tag of a run as a client or an agent gives it. */
export function readTag(tag: unknown): string {
  const problem = typeof tag === 'string' ? tagProblem(tag) : 'it is no text';
  if (typeof tag === 'string' && problem === undefined) return tag.trim();
  throw badRequest(`This cannot be a tag: ${problem ?? ''}.`);
}
