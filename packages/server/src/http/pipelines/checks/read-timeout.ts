import { MAX_CHECK_MINUTES } from '@signalbox/model';
import { badRequest } from '../../problem.ts';
import type { Fields } from '../../read/fields.ts';

/** The time-out of a check, in minutes. */
export function readTimeout(body: Fields): number | undefined {
  const timeout = body.number('timeout');
  if (timeout !== undefined && (timeout < 1 || timeout > MAX_CHECK_MINUTES)) {
    throw badRequest(`"timeout" is a number of minutes from 1 to ${MAX_CHECK_MINUTES}.`);
  }
  return timeout;
}
