import { DEFAULT_LOCK_POLICY, fold } from '@signalbox/model';
import type { Requester } from '@signalbox/engine';
import { approve } from './approve.ts';
import { stopExpecting } from './expect.ts';
import { keyOf, type Lock, type Of, type State } from './state.ts';

/** A stage attempt asks for its locks, or says that it waits for its approvals. */
export function request(s: State, message: Of<'LocksRequested'>, now: number): void {
  const { requester, behavior } = message;
  const pending = message.approvals === 'pending';
  const known = s.find(requester);
  const slotFirst =
    pending && !known && locksOf(s, message).some(({ policy }) => policy.slot === 'beforeApproval');
  if (!pending || slotFirst) stopExpecting(s, requester.run, requester.stage);
  const checks = message.checks && { checks: { valid: true, ...message.checks } };
  if (known?.unapproved && !pending) approve(s, known);
  if (known?.status === 'awaiting' && !pending) {
    const status = known.locks.some(({ deleted }) => deleted) ? 'canceled' : 'waiting';
    Object.assign(known, { status, since: now, ...checks });
  }
  if (known !== undefined) return;
  const own = stageKey(requester);
  if (meantBy(s, message).some(({ deleted }) => deleted)) return;
  if (message.ownLock && !s.locks.some(({ key }) => key === own)) {
    s.locks.push({ key: own, policy: DEFAULT_LOCK_POLICY, enabled: true, deployed: new Map(), lastToken: 0 });
  }
  const locks = locksOf(s, message);
  if (locks.length === 0) return;
  const byRun = requester.attempt === 1 || locks.some(({ policy }) => policy.staleGuard === 'reject');
  const rank = byRun ? requester.runQueueTime : now;
  const id = s.bundles.length + 1;
  const part = { ...requester, id, behavior, locks, since: now, rank, ...checks };
  const status = pending && !slotFirst ? 'awaiting' : 'waiting';
  const unapproved = slotFirst && { unapproved: true as const };
  s.bundles.push({ ...part, status, eligible: false, relations: new Map(), tokens: {}, ...unapproved });
}

function locksOf(s: State, message: Of<'LocksRequested'>): readonly Lock[] {
  return meantBy(s, message).filter(({ enabled }) => enabled);
}

function meantBy(s: State, { requester, ownLock, resources }: Of<'LocksRequested'>): readonly Lock[] {
  const keys = [...resources.map(keyOf), ...(ownLock ? [stageKey(requester)] : [])];
  return s.locks.filter(({ key }) => keys.includes(key));
}

/** It is done with its locks, or does not want them any more; `onFailure` decides what a failed one does. */
export function leave(s: State, message: Of<'LocksReleased' | 'LocksWithdrawn'>): void {
  const bundle = s.find(message);
  if (bundle === undefined) return;
  if (bundle.kept !== undefined && message.type === 'LocksReleased') return;
  if (bundle.status === 'holding' && message.type === 'LocksReleased' && !bundle.unapproved) {
    const end = message.end === 'abandoned' ? 'abandoned' : 'finished';
    const keeps = bundle.locks.some(({ policy }) => policy.onFailure === 'hold');
    if (message.end !== undefined && keeps) bundle.kept = end;
    else bundle.status = end;
    if (message.deployed) for (const { deployed } of bundle.locks) deployed.set(bundle.definition, bundle);
  } else if (['holding', 'waiting', 'awaiting'].includes(bundle.status)) bundle.status = 'canceled';
}

function stageKey({ definition, stage }: Requester): string {
  return `persistedStage/${definition}:${fold(stage)}`;
}
