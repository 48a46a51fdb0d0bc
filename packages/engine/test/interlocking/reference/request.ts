import { approve } from './approve.ts';
import { locksFor, locksOf, meantBy } from './asked.ts';
import { stopExpecting } from './expect.ts';
import { lacksReach, spanning } from './reach.ts';
import { heldSpan, join } from './span.ts';
import type { Of, State } from './state.ts';

/** A stage attempt asks for its locks, or says that it waits for its approvals. */
export function request(s: State, message: Of<'LocksRequested'>, now: number): void {
  const { requester, behavior } = message;
  const pending = message.approvals === 'pending';
  const known = s.find(requester);
  const held = heldSpan(s, requester.run);
  if (!known && !held && lacksReach(s, message)) return;
  const slotFirst =
    pending && !known && !held && locksOf(s, message).some(({ policy }) => policy.slot === 'beforeApproval');
  if (!pending || slotFirst) stopExpecting(s, requester.run, requester.stage);
  const checks = message.checks && { checks: { valid: true, ...message.checks } };
  if (known?.unapproved && !pending) approve(s, known);
  if (known?.status === 'awaiting' && !pending) {
    const status = known.locks.some(({ deleted }) => deleted) ? 'canceled' : 'waiting';
    Object.assign(known, { status, since: now, ...checks });
    if (held && status === 'waiting') join(known, held);
  }
  if (known !== undefined) return;
  if (meantBy(s, message).some(({ deleted }) => deleted)) return;
  const own = locksFor(s, message);
  if (own.length === 0 || (held && pending)) return;
  if (held && !own.every((lock) => held.locks.includes(lock))) return;
  const span = held ? { locks: [], inside: { span: held, locks: own } } : spanning(s, message, own);
  const isNew = requester.attempt > 1 || message.byHand === true;
  const byRun = !isNew || span.locks.some(({ policy }) => policy.staleGuard === 'reject');
  const rank = byRun ? requester.runQueueTime : now;
  const id = s.bundles.length + 1;
  const part = { ...requester, id, behavior, since: now, rank, ...checks };
  const status = pending && !slotFirst ? 'awaiting' : 'waiting';
  const unapproved = slotFirst && { unapproved: true as const };
  const none = { eligible: false, relations: new Map(), tokens: {} };
  s.bundles.push({ ...part, status, ...none, ...unapproved, ...span });
}
