import type { LockId } from '@signalbox/model';
import type { Refusal } from '../refusals.ts';
import type { Decision } from './decision.ts';
import { watchCaller } from './caller-news.ts';
import { moveCaller } from './callers.ts';
import { heardAgain } from './lease.ts';
import {
  LEASE_SECONDS,
  MAX_CALLER_NAME,
  MAX_LEASE_LOCKS,
  MAX_LEASE_REQUEST,
  WATCHED_LEASE_SECONDS,
} from './limits.ts';
import type { InterlockingMessage } from './messages.ts';
import { refuse } from './operate.ts';
import { newBundle, queue } from './request.ts';
import type { BundleRow, LockRow } from './rows.ts';

type AcquireLease = Extract<InterlockingMessage, { type: 'AcquireLease' }>;

/**
 * Somebody outside asks for locks: one queue and one order with the stages of runs (Q10). The request id makes
 * it idempotent: asked again, it is the same request, and a sign of life of its caller. Replies `{ bundle }`.
 */
export function acquireLease(d: Decision, message: AcquireLease): void {
  const refusal = leaseProblem(message);
  if (refusal !== undefined) return refuse(d, refusal);
  const before = d.read.bundleOf(0, message.request, 1);
  const locks = message.locks.map((id) => d.read.lock(id));
  if (d.read.lacks) return;
  if (before) return askAgain(d, before, message);
  const unusable = message.locks.flatMap((id, index) => lockProblem(id, locks[index]))[0];
  if (unusable !== undefined) return refuse(d, unusable);
  enqueue(
    d,
    message,
    locks.filter((lock) => lock !== undefined),
  );
}

function enqueue(d: Decision, message: AcquireLease, locks: readonly LockRow[]): void {
  const { request: stage, caller: name, owner, seconds, channel } = message;
  const requester = {
    run: 0,
    definition: 0,
    stage,
    attempt: 1,
    branch: '',
    runQueueTime: d.now,
    caller: { name, owner, ...(channel !== undefined && { channel }) },
  };
  const lease = { seconds, until: d.now + seconds * 1000 };
  const bundle = { ...newBundle(d, { requester }, locks), lease };
  queue(d, bundle, locks);
  if (channel === undefined) d.wake({ type: 'LeaseDue', bundle: bundle.id }, lease.until);
  d.effect(watchCaller(d.project, requester));
  d.reply = { ok: true, value: { bundle: bundle.id } };
}

function askAgain(d: Decision, bundle: BundleRow, message: AcquireLease): void {
  const wanted = new Set(message.locks);
  const same =
    bundle.requests.length === wanted.size && bundle.requests.every(({ lock }) => wanted.has(lock));
  if (!same || bundle.requester.caller?.name !== message.caller) {
    const text = `The request '${message.request}' was made for other locks or by another caller.`;
    return refuse(d, { code: 'request-reused', message: text });
  }
  heardAgain(d, bundle, message);
  if (d.reply?.ok) moveCaller(d, bundle, message.channel);
}

/** A lock that is not there, or out of use: never "no lock needed" (LAW-12). */
function lockProblem(id: LockId, lock: LockRow | undefined): readonly Refusal[] {
  if (lock === undefined || lock.deleted !== undefined)
    return [{ code: 'lock-not-found', message: `There is no lock ${id}.` }];
  if (lock.enabled) return [];
  return [{ code: 'lock-disabled', message: `The lock ${lock.name} is disabled, so it protects nothing.` }];
}

function leaseProblem({ request, caller, locks, seconds, channel }: AcquireLease): Refusal | undefined {
  if (!/^[A-Za-z0-9][\w.:-]*$/.test(request) || request.length > MAX_LEASE_REQUEST) {
    const message = `A request id has 1 to ${MAX_LEASE_REQUEST} letters, digits and . _ : -, a letter or digit first.`;
    return { code: 'lease-request', message };
  }
  if (caller.trim() === '' || caller.length > MAX_CALLER_NAME || /\p{Cc}/u.test(caller)) {
    const message = `The name of a caller has 1 to ${MAX_CALLER_NAME} characters, none of them for control.`;
    return { code: 'lease-caller', message };
  }
  if (locks.length === 0 || locks.length > MAX_LEASE_LOCKS || new Set(locks).size < locks.length) {
    return { code: 'lease-locks', message: `A lease is for 1 to ${MAX_LEASE_LOCKS} locks, each named once.` };
  }
  return secondsProblem(seconds, channel?.kind === 'azureCheck' ? WATCHED_LEASE_SECONDS : LEASE_SECONDS.most);
}

function secondsProblem(seconds: number, most: number): Refusal | undefined {
  const { least } = LEASE_SECONDS;
  if (Number.isSafeInteger(seconds) && seconds >= least && seconds <= most) return undefined;
  return {
    code: 'lease-seconds',
    message: `A lease lasts a whole number of seconds from ${least} to ${most}.`,
  };
}
