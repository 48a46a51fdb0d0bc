import type { BundleId, Instant } from '@signalbox/model';
import { badRequest } from '../problem.ts';
import type { Fields } from '../read/fields.ts';
import { readTime } from '../read/time.ts';

/** The reason of an act that takes nothing else; what we do not know is refused: it would look obeyed. */
export function readReason(body: Fields): string {
  refuseOthers(body, ['reason']);
  return reasonIn(body);
}

/** Where a request is to stand, and why. */
export function readMove(body: Fields): {
  readonly reason: string;
  readonly place: { readonly side: 'before' | 'after'; readonly of: BundleId };
} {
  refuseOthers(body, ['reason', 'before', 'after']);
  return { reason: reasonIn(body), place: readPlace(body) };
}

/** Beside which other bundle a request is to stand: exactly one of `before` and `after`. */
export function readPlace(body: Fields): { readonly side: 'before' | 'after'; readonly of: BundleId } {
  const before = body.number('before');
  const after = body.number('after');
  const of = before ?? after;
  if (of === undefined || (before !== undefined && after !== undefined))
    throw badRequest('A move says "before" or "after", with the number of another bundle of the queue.');
  return { side: before === undefined ? 'after' : 'before', of };
}

/** How a lock is to be frozen, and why. */
export function readFreeze(body: Fields): {
  readonly reason: string;
  readonly until?: Instant;
  readonly exempt: readonly string[];
} {
  refuseOthers(body, ['reason', 'until', 'exempt']);
  const until = readTime('until', body.text('until'));
  const exempt = body.list('exempt').map((branch) => {
    if (typeof branch === 'string') return branch;
    throw badRequest('"exempt" must be a list of texts.');
  });
  return { reason: reasonIn(body), exempt, ...(until !== undefined && { until }) };
}

/** Which stage is to end at once, all of them without one, and why. */
export function readForceCancel(body: Fields): { readonly reason: string; readonly stage?: string } {
  refuseOthers(body, ['reason', 'stage']);
  const stage = body.text('stage');
  return { reason: reasonIn(body), ...(stage !== undefined && { stage }) };
}

/** The engine refuses one that is empty or too long; it stands in sentences, so it is one line. */
function reasonIn(body: Fields): string {
  const reason = body.text('reason', Number.MAX_SAFE_INTEGER)?.trim() ?? '';
  if (/\p{Cc}|[\u2028\u2029]/u.test(reason))
    throw badRequest('"reason" must be one line, without control characters.');
  return reason;
}

function refuseOthers(body: Fields, known: readonly string[]): void {
  const other = body.entries().find(([name]) => !known.includes(name.toLowerCase()));
  if (other === undefined) return;
  const names = known.map((name) => `"${name}"`).join(', ');
  throw badRequest(`There is no property "${other[0].slice(0, 60)}" here; there are: ${names}.`);
}
