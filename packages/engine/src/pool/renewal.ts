import type { Instant } from '@signalbox/model';
import type { ReplyValue } from '../outcome.ts';
import { quarantineEnd } from './lease.ts';
import type { PoolMessage } from './messages.ts';
import type { JobRequestRow } from './rows.ts';
import { accept, record, refuse, remind, tellRun, type Turn } from './turn.ts';

type Assigned = Extract<JobRequestRow['state'], { readonly phase: 'assigned' }>;
type Quarantined = Extract<JobRequestRow['state'], { readonly phase: 'quarantined' }>;
type Message<T extends PoolMessage['type']> = Extract<PoolMessage, { readonly type: T }>;

/**
 * The agent is alive: its lease goes on, and it learns whether to stop (AGENT-8, AGENT-9). A job that did not
 * end within its clean-up budget gets no more time. In quarantine nothing is prolonged: the agent has the rest
 * of its cancel time-out to end the job (RELIABILITY §5.4).
 */
export function leaseRenewed(turn: Turn, { request: id, lease }: Message<'LeaseRenewed'>): void {
  const request = turn.rows.requests.get(id);
  const state = request?.state;
  const { now, policy } = turn;
  if (request !== undefined && state?.phase === 'quarantined' && state.lease === lease) {
    renewedLate(turn, request, state);
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

function renewedLate(turn: Turn, request: JobRequestRow, { until, lease }: Quarantined): void {
  if (until === undefined) return leaseRegained(turn, request, lease);
  const leaseUntil = until - turn.policy.marginMs;
  accept(turn, { leaseUntil, cancel: { budgetMs: Math.max(0, leaseUntil - turn.now) } });
}

/** An agent that does not end its job by itself is back with it: all is as before (LAW-10, RELIABILITY §5.4). */
function leaseRegained(turn: Turn, request: JobRequestRow, lease: number): void {
  const { id, instance } = request;
  const leaseUntil = turn.now + turn.policy.leaseMs;
  record(turn, { type: 'LeaseRegained', request: id, leaseUntil, at: turn.now });
  remind(turn, leaseUntil, { type: 'LeaseDue', request: id, lease });
  tellRun(turn, request, { type: 'LeaseRegained', instance, lease });
  const state = turn.rows.requests.get(id)?.state;
  accept(turn, { leaseUntil, ...(state?.phase === 'assigned' && cancelOf(state, turn.now)) });
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

/**
 * The lease is lost: nobody gets the job's locks before no process of it can act (LAW-8, INV-52). Of a job that a
 * lock protects no clock says when that is: its agent, or a person, does.
 */
export function quarantine(turn: Turn, request: JobRequestRow, { lease, leaseUntil }: Assigned): void {
  const { id, instance, cancelTimeoutMs } = request;
  const known = request.protected ? {} : { until: quarantineEnd(leaseUntil, cancelTimeoutMs, turn.policy) };
  record(turn, { type: 'LeaseExpired', request: id, ...known, at: turn.now });
  tellRun(turn, request, { type: 'LeaseLost', instance, lease, ...known });
  if (known.until !== undefined) remind(turn, known.until, { type: 'QuarantineOver', request: id, lease });
}

/** Timer: the lost job cannot act any more; its run may fail it and go on (JOB-6, INV-52). */
export function quarantineOver(turn: Turn, { request: id, lease }: Message<'QuarantineOver'>): void {
  const request = turn.rows.requests.get(id);
  if (request?.state.phase !== 'quarantined' || request.state.lease !== lease) return;
  if (request.state.until === undefined || request.state.until > turn.now) return;
  record(turn, { type: 'RequestFinished', request: id, at: turn.now, lost: true });
  tellRun(turn, request, { type: 'LeaseClosed', instance: request.instance, lease, lost: true });
}

function lastRenewal({ policy }: Turn, { cancel }: Assigned): Instant {
  return cancel === undefined ? Infinity : cancel.at + cancel.budgetMs + policy.marginMs;
}
