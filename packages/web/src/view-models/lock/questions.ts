import type { LockRequestView, NewPlace, WhatIfQuestion } from '@signalbox/api';
import type { FreezeFields } from '../freeze.ts';
import { newFreeze } from '../freeze.ts';
import type { RequestAct } from '../lock-acts.ts';

/** The question "what would come of it" for an act on a request; undefined where the server cannot say. */
export function questionOf(
  { runId, nodeName: stage, caller }: LockRequestView,
  act: RequestAct,
  place: NewPlace | undefined,
): WhatIfQuestion | undefined {
  if (caller !== undefined) return undefined;
  const of = { runId, stage };
  switch (act) {
    case 'hold':
      return { hold: of };
    case 'unhold':
      return { unhold: of };
    case 'withdraw':
      return { withdraw: of };
    case 'forceGrant':
      return { force: of };
    case 'move':
      return place === undefined ? undefined : { move: { ...of, ...place } };
    case 'acknowledge':
    case 'forceRelease':
      return undefined;
  }
}

/** The question for a freeze, or for its end. */
export function freezeQuestion(
  act: 'freeze' | 'unfreeze',
  terms: Omit<FreezeFields, 'reason'>,
  now: number,
): WhatIfQuestion {
  if (act === 'unfreeze') return { unfreeze: true };
  const { until, exempt } = newFreeze({ ...terms, reason: '' }, now);
  return { freeze: { ...(until !== undefined && { until }), ...(exempt !== undefined && { exempt }) } };
}

/**
 * Where a request stands once it has been taken by so many places up (negative) or down the line; undefined where
 * it stands there already, or where the line is not read.
 */
export function neighbour(
  line: (row: number) => LockRequestView | undefined,
  rows: number,
  from: number,
  by: number,
): NewPlace | undefined {
  const to = Math.max(0, Math.min(rows - 1, from + by));
  const other = line(to);
  if (to === from || other === undefined) return undefined;
  return to < from ? { before: other.bundleId } : { after: other.bundleId };
}
