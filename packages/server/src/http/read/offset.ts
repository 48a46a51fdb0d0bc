import type { Query } from './query.ts';
import { badRequest } from '../problem.ts';

/** Where a page of a list begins that counts its items; its continuation tokens are numbers. */
export function offsetIn(query: Query): number {
  const token = query.continuation() ?? '0';
  if (!/^\d{1,9}$/.test(token)) throw badRequest('The continuation token was not given out by this list.');
  return Number(token);
}
