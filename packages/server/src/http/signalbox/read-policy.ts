import { LOCK_TYPE, type EnumTable } from '@signalbox/api';
import type { LockOrder, LockPolicy, OnWaitTimeout, SupersedeTime } from '@signalbox/model';
import { badRequest } from '../problem.ts';
import type { Fields } from '../read/fields.ts';

const ORDER: EnumTable<LockOrder> = { arrival: 0, runQueueTime: 1 };
const SUPERSEDE: EnumTable<SupersedeTime> = { onRelease: 0, onArrival: 1 };
const ON_TIMEOUT: EnumTable<OnWaitTimeout> = { skip: 0, fail: 1 };
const KNOWN: readonly string[] =
  'enabled capacity behavior orderby supersede waittimeoutminutes onwaittimeout'.split(' ');

/** Reads a change of a policy; what is absent stays. What we do not know is refused: it would look obeyed. */
export function readPolicy(body: Fields, now: LockPolicy): LockPolicy {
  const unknown = body.entries().find(([name]) => !KNOWN.includes(name.toLowerCase()));
  if (unknown !== undefined) throw badRequest(`A lock has no setting "${unknown[0].slice(0, 60)}".`);
  return {
    capacity: bounded(body, 'capacity', { least: 1, most: 10_000 }) ?? now.capacity,
    behavior: body.word('behavior', LOCK_TYPE) ?? now.behavior,
    orderBy: body.word('orderBy', ORDER) ?? now.orderBy,
    supersede: body.word('supersede', SUPERSEDE) ?? now.supersede,
    waitTimeoutMinutes:
      bounded(body, 'waitTimeoutMinutes', { least: 1, most: 5_256_000 }) ?? now.waitTimeoutMinutes,
    onWaitTimeout: body.word('onWaitTimeout', ON_TIMEOUT) ?? now.onWaitTimeout,
  };
}

function bounded(
  body: Fields,
  name: string,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined {
  const value = body.number(name);
  if (value === undefined || (value >= least && value <= most)) return value;
  throw badRequest(`"${name}" is a number from ${least} to ${most}.`);
}
