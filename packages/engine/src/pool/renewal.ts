import type { Instant } from '@signalbox/model';
import type { ReplyValue } from '../outcome.ts';
import { quarantineEnd } from './lease.ts';
import type { PoolMessage } from './messages.ts';
import type { JobRequestRow } from './rows.ts';
import { accept, record, refuse, remind, tellRun, type Turn } from './turn.ts';

type Assigned = Extract<JobRequestRow['state'], { readonly phase: 'assigned' }>;
type Message<T extends PoolMessage['type']> = Extract<PoolMessage, { readonly type: T }>;

/**
 * The agent is alive: its lease goes on, and it learns whether to stop (AGENT-8, AGENT-9). A job that did not
 * end within its clean-up budget gets no more time. In quarantine nothing is prolonged: the agent has the rest
 * of its cancel time-out to end the job (RELIABILITY §5.4).
 */
export function leaseRenewed(turn: Turn, { request: id, lease }: Message<'LeaseRenewed'>): void {
  const state = turn.rows.requests.get(id)?.state;
  const { now, policy } = turn;
  if (state?.phase === 'quarantined' && state.lease === lease) {
    const leaseUntil = state.until - policy.marginMs;
    accept(turn, { leaseUntil, cancel: { budgetMs: Math.max(0, leaseUntil - now) } });
    return;
  }
  if (state?.phase !== 'assigned' || state.lease !== lease || now > lastRenewal(turn, state)) {
    refuse(turn, 'lease-refused', 'The lease is not the current one; stop the job.');
    return;
  }
  const leaseUntil = now + policy.leaseMs;
  // Agents ask more often while they wait to hear of a cancel; not every question needs a line in the journal.
  const prolong = leaseUntil - state.leaseUntil >= policy.renewEveryMs / 3;
  if (prolong) record(turn, { type: 'LeaseExtended', request: id, leaseUntil, at: now });
  accept(turn, { leaseUntil: prolong ? leaseUntil : state.leaseUntil, ...cancelOf(state, now) });
}

/** What is left of the budget for clean-up, when the agent is to stop. */
export function cancelOf({ cancel }: Assigned, now: Instant): { readonly cancel?: ReplyValue } {
  if (cancel === undefined) return {};
  const kill = cancel.kill === undefined ? {} : { kill: cancel.kill };
  return { cancel: { budgetMs: Math.max(0, cancel.at + cancel.budgetMs - now), ...kill } };
}

/** Timer: an agent that did not renew is lost; its job's processes may go on for a while (LAW-8, LAW-10). */
export function leaseDue(turn: Turn, { request: id, lease }: Message<'LeaseDue'>): void {
  const request = turn.rows.requests.get(id);
  if (request?.state.phase !== 'assigned' || request.state.lease !== lease) return;
  const { leaseUntil } = request.state;
  if (leaseUntil > turn.now) remind(turn, leaseUntil, { type: 'LeaseDue', request: id, lease });
  else quarantine(turn, request, request.state);
}

/** The lease is lost: nobody gets the job's locks before no process of it can act (LAW-8, INV-52). */
export function quarantine(turn: Turn, { id, cancelTimeoutMs }: JobRequestRow, state: Assigned): void {
  const until = quarantineEnd(state.leaseUntil, cancelTimeoutMs, turn.policy);
  record(turn, { type: 'LeaseExpired', request: id, until, at: turn.now });
  remind(turn, until, { type: 'QuarantineOver', request: id, lease: state.lease });
}

/** Timer: the lost job cannot act any more; its run may fail it and go on (JOB-6, INV-52). */
export function quarantineOver(turn: Turn, { request: id, lease }: Message<'QuarantineOver'>): void {
  const request = turn.rows.requests.get(id);
  if (request?.state.phase !== 'quarantined' || request.state.lease !== lease) return;
  if (request.state.until > turn.now) return;
  record(turn, { type: 'RequestFinished', request: id, at: turn.now, lost: true });
  tellRun(turn, request, { type: 'LeaseClosed', instance: request.instance, lease, lost: true });
}

function lastRenewal({ policy }: Turn, { cancel }: Assigned): Instant {
  return cancel === undefined ? Infinity : cancel.at + cancel.budgetMs + policy.marginMs;
}
