import { stopExpecting } from './expect.ts';
import { leaveSpan } from './span.ts';
import type { Of, State } from './state.ts';

/** It is done with its locks, or does not want them any more; `onFailure` decides what a failed one does. */
export function leave(s: State, message: Of<'LocksReleased' | 'LocksWithdrawn'>): void {
  const bundle = s.find(message);
  if (bundle === undefined) {
    if (message.type === 'LocksWithdrawn') stopExpecting(s, message.run, message.stage);
    return;
  }
  if (bundle.inside || (bundle.span && bundle.status === 'holding')) return leaveSpan(s, bundle, message);
  if (bundle.kept !== undefined && message.type === 'LocksReleased') return;
  if (bundle.status === 'holding' && message.type === 'LocksReleased' && !bundle.unapproved) {
    const end = message.end === 'abandoned' ? 'abandoned' : 'finished';
    const keeps = bundle.locks.some(({ policy }) => policy.onFailure === 'hold');
    if (message.end !== undefined && keeps) bundle.kept = end;
    else bundle.status = end;
    if (message.deployed) for (const { deployed } of bundle.locks) deployed.set(bundle.definition, bundle);
  } else if (['holding', 'waiting', 'awaiting'].includes(bundle.status)) bundle.status = 'canceled';
}
