import type { Filter } from '@signalbox/model';
import { fitsPattern } from './wildcard.ts';

const BRANCH = 'refs/heads/';
const TAG = 'refs/tags/';

/** True for a full ref that is a tag. */
export function isTag(ref: string): boolean {
  return ref.startsWith(TAG);
}

/**
 * Whether a filter of branches takes a full ref (TRIG-3, TRIG-4): a pattern is compared with the name of the branch, or
 * with the full ref where it is written in full, so that `refs/tags/x` takes tags. An absent filter takes every branch.
 */
export function takesBranch(filter: Filter | undefined, ref: string): boolean {
  if (filter === undefined) return !isTag(ref);
  return (
    takes(filter, (pattern) => fitsRef(pattern, ref, BRANCH)) && (!isTag(ref) || filter.include.length > 0)
  );
}

/** Whether a filter of tags takes a full ref; absent: no tag (TRIG-5). */
export function takesTag(filter: Filter | undefined, ref: string): boolean {
  return filter !== undefined && isTag(ref) && takes(filter, (pattern) => fitsRef(pattern, ref, TAG));
}

/** Include first, then exclude removes; without an include everything is included (TRIG-3). */
function takes({ include, exclude }: Filter, fits: (pattern: string) => boolean): boolean {
  return (include.length === 0 || include.some(fits)) && !exclude.some(fits);
}

function fitsRef(pattern: string, ref: string, prefix: string): boolean {
  if (pattern.startsWith('refs/')) return fitsPattern(pattern, ref);
  return ref.startsWith(prefix) && fitsPattern(pattern, ref.slice(prefix.length));
}
