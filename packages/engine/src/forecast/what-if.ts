import type { BundleId, Instant, LockId, LockRequestStatus, ProjectId } from '@signalbox/model';
import type { InterlockingEvent } from '../interlocking/events.ts';
import type { WholeInterlocking } from '../interlocking/fold.ts';
import { createInterlocking, type Interlocking } from '../interlocking/interlocking.ts';
import type { InterlockingMessage } from '../interlocking/messages.ts';
import type { BundleRow } from '../interlocking/rows.ts';
import type { Mail } from '../outcome.ts';
import type { ToldRefusal } from '../refusals.ts';

/** What would come of messages that nobody has sent. */
export interface WhatIf {
  /** A message would be refused; what the ones before it did is in the other fields. */
  readonly refusal?: ToldRefusal;
  /** The very facts that the journal would get, in order. */
  readonly events: readonly InterlockingEvent[];
  /** Requests whose state would change, by number. */
  readonly changes: readonly RequestChange[];
  /** Every lock whose queue would be another one, by number. */
  readonly queues: readonly QueueChange[];
}

/** One request whose state would change: `to` is `inUse` for those that would be granted. */
export interface RequestChange {
  readonly from: LockRequestStatus;
  readonly to: LockRequestStatus;
  /** The row as it would be. */
  readonly bundle: BundleRow;
}

/** Who would wait at a lock, in policy order (LAW-13), before and after. */
export interface QueueChange {
  readonly lock: LockId;
  readonly before: readonly BundleId[];
  readonly after: readonly BundleId[];
}

/** The moment about which something is asked: all rows that matter, and the time. They are not changed. */
export interface Moment {
  readonly project: ProjectId;
  readonly rows: WholeInterlocking;
  readonly now: Instant;
}

/**
 * Decides messages on a copy, by the very function that decides the real ones, and writes nothing (QUEUEING §3).
 * Mail that the decisions send to the interlocking itself at once is decided, too.
 */
export function whatIf(moment: Moment, messages: readonly InterlockingMessage[]): WhatIf {
  const copy = createInterlocking(moment.project, moment.rows);
  const before = queuesOf(copy, moment.rows);
  const events: InterlockingEvent[] = [];
  const left = [...messages];
  let refusal: ToldRefusal | undefined;
  for (let next = left.shift(); next !== undefined; next = left.shift()) {
    const { outcome } = decideOn(copy, next, moment.now);
    events.push(...outcome.events);
    left.push(
      ...mailToItself(outcome.mail).flatMap(({ message, due }) => (due === undefined ? [message] : [])),
    );
    if (outcome.reply?.ok !== false) continue;
    refusal = outcome.reply.refusal;
    break;
  }
  return {
    ...(refusal !== undefined && { refusal }),
    events,
    changes: requestChanges(copy, moment.rows),
    queues: queueChanges(before, queuesOf(copy, moment.rows)),
  };
}

/** Decides a message on a copy that has every row, so that nothing can be lacking. */
export function decideOn(
  copy: Interlocking,
  message: InterlockingMessage,
  now: Instant,
): Extract<ReturnType<Interlocking['handle']>, { kind: 'decided' }> {
  const handled = copy.handle(message, now);
  if (handled.kind === 'decided') return handled;
  throw new Error(`A copy with every row lacks ${JSON.stringify(handled.needs)}.`);
}

/** What a decision sends to the interlocking itself; without `due`: at once. */
export function mailToItself(
  mail: readonly Mail[],
): readonly { readonly message: InterlockingMessage; readonly due?: Instant }[] {
  return mail.flatMap(({ to, body, due }) => {
    if (to.kind !== 'interlocking') return [];
    return [{ message: body as InterlockingMessage, ...(due !== undefined && { due }) }];
  });
}

type Queues = ReadonlyMap<LockId, readonly BundleId[]>;

function queuesOf(copy: Interlocking, rows: WholeInterlocking): Queues {
  return new Map(
    [...rows.locks.keys()].map((lock) => {
      const reading = copy.waitersOf(lock);
      return [lock, reading.kind === 'value' ? reading.value.map(({ id }) => id) : []];
    }),
  );
}

function queueChanges(before: Queues, after: Queues): readonly QueueChange[] {
  return [...before]
    .map(([lock, queue]) => ({ lock, before: queue, after: after.get(lock) ?? [] }))
    .filter((one) => one.before.join() !== one.after.join())
    .toSorted((a, b) => a.lock - b.lock);
}

function requestChanges(copy: Interlocking, rows: WholeInterlocking): readonly RequestChange[] {
  return copy.changes().flatMap((change) => {
    if (change.table !== 'bundle') return [];
    const from = rows.bundles.get(change.row.id)?.status ?? 'queued';
    return from === change.row.status ? [] : [{ from, to: change.row.status, bundle: change.row }];
  });
}
