import { tagProblem } from '@signalbox/model';
import type { Ask } from '../ask.ts';
import { badRequest } from '../problem.ts';

/** A tag of a run as a client or an agent gives it. */
export function readTag(tag: unknown): string {
  const problem = typeof tag === 'string' ? tagProblem(tag) : 'it is no text';
  if (typeof tag === 'string' && problem === undefined) return tag.trim();
  throw badRequest(`This cannot be a tag: ${problem ?? ''}.`);
}

/** The tags of a body `{tagsToAdd, tagsToRemove}`; one that comes and goes at once stays. */
export function readTagChange(ask: Ask): {
  readonly add: readonly string[];
  readonly remove: readonly string[];
} {
  const body = ask.body();
  return { add: body.list('tagsToAdd').map(readTag), remove: body.list('tagsToRemove').map(readTag) };
}
