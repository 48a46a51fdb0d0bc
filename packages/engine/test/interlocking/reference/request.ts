import { DEFAULT_LOCK_POLICY, fold } from '@signalbox/model';
import type { Requester } from '@signalbox/engine';
import { stopExpecting } from './expect.ts';
import { keyOf, type Lock, type Of, type State } from './state.ts';

/** A stage attempt asks for its locks, or says that it waits for its approvals. */
export function request(s: State, message: Of<'LocksRequested'>, now: number): void {
  const { requester, behavior, resources } = message;
  if (message.approvals !== 'pending') stopExpecting(s, requester.run, requester.stage);
  const known = s.find(requester);
  if (known?.status === 'awaiting' && message.approvals !== 'pending') {
    known.status = known.locks.some(({ deleted }) => deleted) ? 'canceled' : 'waiting';
    known.since = now;
  }
  if (known !== undefined) return;
  const own = stageKey(requester);
  const keys = [...resources.map(keyOf), ...(message.ownLock ? [own] : [])];
  const wants = ({ key }: Lock): boolean => keys.includes(key);
  if (s.locks.some((lock) => lock.deleted && wants(lock))) return;
  if (message.ownLock && !s.locks.some(({ key }) => key === own)) {
    s.locks.push({ key: own, policy: DEFAULT_LOCK_POLICY, enabled: true, lastToken: 0 });
  }
  const locks = s.locks.filter((lock) => lock.enabled && wants(lock));
  if (locks.length === 0) return;
  const rank = requester.attempt === 1 ? requester.runQueueTime : now;
  const id = s.bundles.length + 1;
  const part = { ...requester, id, behavior, locks, since: now, rank };
  const status = message.approvals === 'pending' ? 'awaiting' : 'waiting';
  s.bundles.push({ ...part, status, eligible: false, tokens: {} });
}

/** It is done with its locks, or does not want them any more; `onFailure` decides what a failed one does. */
export function leave(s: State, message: Of<'LocksReleased' | 'LocksWithdrawn'>): void {
  const bundle = s.find(message);
  if (bundle === undefined) return;
  if (bundle.kept !== undefined && message.type === 'LocksReleased') return;
  if (bundle.status === 'holding' && message.type === 'LocksReleased') {
    const end = message.end === 'abandoned' ? 'abandoned' : 'finished';
    const keeps = bundle.locks.some(({ policy }) => policy.onFailure === 'hold');
    if (message.end !== undefined && keeps) bundle.kept = end;
    else bundle.status = end;
  } else if (['holding', 'waiting', 'awaiting'].includes(bundle.status)) bundle.status = 'canceled';
}

function stageKey({ definition, stage }: Requester): string {
  return `persistedStage/${definition}:${fold(stage)}`;
}
