import type { Instant } from '@signalbox/model';
import type { TokenRow } from '@signalbox/store';
import { DAY_MS } from '../../../limits.ts';
import { badRequest } from '../../problem.ts';
import type { Fields } from '../../read/fields.ts';

/** A token and its secret, which is kept nowhere. */
export interface MadeToken {
  readonly row: TokenRow;
  readonly secret: string;
}

/** Reads when a token ends: after `expiresInDays`, a whole number from 1 to `most`. */
export function expiryIn(body: Fields, now: Instant, most: number): Instant | undefined {
  const days = body.number('expiresInDays');
  if (days === undefined) return undefined;
  if (!Number.isInteger(days) || days < 1 || days > most)
    throw badRequest(`"expiresInDays" is a whole number from 1 to ${most}.`);
  return now + days * DAY_MS;
}
