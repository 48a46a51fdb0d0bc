import type { BundleRow, CallerChannel, WatchCallerEffect } from '@signalbox/engine';
import type { Millis } from '@signalbox/model';
import type { TakenEffect } from '@signalbox/store';
import { openCheck, type AzureCheck } from '../gates/azure/check.ts';
import { sayInCheckLog } from '../gates/azure/check-log.ts';
import { lookAtStage } from '../gates/azure/look-at-stage.ts';
import type { Progress } from '../work/effects.ts';
import { leaseOf, tellLocks, type CallerDesk } from './desk.ts';

const SOONEST_MS: Millis = 10_000;
const LATEST_MS: Millis = 60_000;
const NO_ANSWER_MS: Millis = 5 * 60_000;

/**
 * Looks whether the stage that a lease is for goes on: gives the locks back when it is over, and renews the lease as
 * long as Azure says that it is not. When Azure says nothing, nothing is renewed, and the lease ends by itself after
 * its declared time (INV-36).
 */
export async function watchCaller(
  desk: CallerDesk,
  { project, request }: WatchCallerEffect,
  { note }: TakenEffect,
): Promise<Progress> {
  const lease = await leaseOf(desk.store, project, request);
  const caller = lease?.requester.caller;
  if (lease === undefined || caller?.channel === undefined || !isOpen(lease)) return 'done';
  const check = openCheck(desk.sealer, caller.channel);
  if (check === undefined) return 'done';
  const stage = await lookAtStage(desk, project, check);
  if (stage.kind === 'unknown') {
    const again = note === stage.message ? NO_ANSWER_MS : LATEST_MS;
    return { again: 'after', after: again, note: stage.message };
  }
  if (stage.kind === 'over') {
    const { owner } = caller;
    await tellLocks(desk.store, project, { type: 'ReleaseLease', request, owner, failed: stage.failed });
    return 'done';
  }
  if (isShort(lease, desk.clock()))
    await tellLocks(desk.store, project, { type: 'RenewLease', request, owner: caller.owner });
  const said = await sayPlace(desk, { project, lease, check, channel: caller.channel, note });
  return { again: 'after', after: pause(lease, desk.clock()), note: said };
}

/** A lease that waits or holds. One that is kept for a failure waits for a person, not for Azure. */
function isOpen({ status, holder }: BundleRow): boolean {
  return (
    status === 'queued' || status === 'waitingOnChecks' || (status === 'inUse' && holder?.state !== 'failed')
  );
}

/** Renewed when a third is over: often enough, and not at each look. */
function isShort({ status, lease }: BundleRow, now: number): boolean {
  if (status !== 'inUse' || lease === undefined) return false;
  return lease.until - now < (lease.seconds * 1000 * 2) / 3;
}

/** Short stages are noticed soon, long ones are asked about less often: after a tenth of the time so far. */
function pause({ queueTime, assignTime }: BundleRow, now: number): Millis {
  return Math.min(LATEST_MS, Math.max(SOONEST_MS, Math.round((now - (assignTime ?? queueTime)) / 10)));
}

interface Place {
  readonly project: number;
  readonly lease: BundleRow;
  readonly check: AzureCheck;
  readonly channel: CallerChannel;
  readonly note: string | undefined;
}

/** A line in the log of Azure's check whenever the place in the queue has changed (HOOK-6). */
async function sayPlace(desk: CallerDesk, { project, lease, check, note }: Place): Promise<string> {
  const places: string[] = [];
  for (const { lock } of lease.status === 'inUse' ? [] : lease.requests) {
    const position = await desk.store.locks.position(project, lock, lease.id);
    const name = (await desk.store.locks.get(project, lock))?.name ?? `lock ${lock}`;
    places.push(`number ${position ?? '?'} at ${name}`);
  }
  const line = places.length === 0 ? 'The stage goes on.' : `Waits in the queue: ${places.join(', ')}.`;
  if (places.length > 0 && line !== note) await sayInCheckLog(desk, project, { check, line });
  return line;
}
