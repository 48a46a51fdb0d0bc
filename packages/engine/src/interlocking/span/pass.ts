import type { LockId } from '@signalbox/model';
import type { Answer, Decision } from '../decision.ts';
import { cancel, leave } from '../end.ts';
import { endHold } from '../hold.ts';
import { protectionBy } from '../protect.ts';
import type { BundleRow, LockRow, Requester } from '../rows.ts';
import { isWaiting } from '../waiting.ts';
import { locksOfStage, membersOf, presentIn } from './inside.ts';

/**
 * A stage of a run that holds a span comes to locks: it passes through what its run holds, when its turn has come;
 * that is no request (LAW-9). A lock that the span does not have is refused, for nobody waits inside a span.
 */
export function comeInside(
  d: Decision,
  requester: Requester,
  { span, locks }: { readonly span: BundleRow; readonly locks: readonly LockRow[] },
): void {
  const outside = locks.find(({ id }) => !has(span, id));
  if (outside !== undefined) return tellOutside(d, requester, { span, lock: outside });
  const { lastBundle, lastRequest } = d.header;
  const bundle: BundleRow = {
    id: lastBundle + 1,
    requester,
    status: 'queued',
    requests: [],
    queueTime: d.now,
    order: d.now,
    rank: d.now,
    eligible: true,
    turn: 0,
    expiresAt: Number.MAX_SAFE_INTEGER,
    inside: { span: span.id, locks: locks.map(({ id }) => id), since: d.now },
  };
  d.record({ type: 'BundleQueued', bundle, lastRequest });
  admit(d, span);
}

/** A stage that waits, or waited for its approval, goes on inside the span that its run was granted (LAW-14). */
export function joinSpan(d: Decision, bundle: BundleRow, span: BundleRow): void {
  const locks = locksOfStage(bundle);
  const outside = locks.find((id) => !has(span, id));
  if (outside === undefined) {
    d.record({ type: 'SpanJoined', bundle: bundle.id, span: span.id, locks, at: d.now });
    return leave(d, bundle);
  }
  const lock = d.read.lock(outside);
  if (lock === undefined) return;
  tellOutside(d, bundle.requester, { span, lock });
  cancel(d, bundle);
}

/** A span was granted: whoever of its run waits passes through it from now on, each when it is its turn. */
export function gather(d: Decision, span: BundleRow): void {
  for (const one of d.read.openOf(span.requester.run) ?? [])
    if (isWaiting(one) && one.inside === undefined) joinSpan(d, one, span);
  admit(d, span);
}

/**
 * Lets those come inside whose locks nobody inside uses, in the order in which they came (S13). A span that is over
 * and that nobody is in any more ends here, as its worst stage did.
 */
export function admit(d: Decision, span: BundleRow): void {
  const row = d.current(span.id) ?? span;
  const members = membersOf(d.read, row);
  if (d.read.lacks) return;
  const taken = new Set(presentIn(row, members).flatMap(locksOfStage));
  for (const one of members.filter(isWaiting)) {
    const locks = locksOfStage(one);
    const isFree = locks.every((lock) => !taken.has(lock));
    // Whoever waits keeps its locks from those behind it, else one that needs many might wait for ever.
    for (const lock of locks) taken.add(lock);
    if (!isFree) continue;
    d.record({ type: 'SpanEntered', bundle: one.id, at: d.now });
    d.tell(one.requester, grantedInside(d, row, locks));
  }
  const isEmpty = members.length === 0 && row.span?.left === true;
  if (isEmpty && row.span?.over === true)
    endHold(d, row, row.span.worst === undefined ? {} : { end: row.span.worst });
}

/** What a stage that comes inside is told: of its locks the tokens that the span was granted. */
export function grantedInside(d: Decision, { requests }: BundleRow, locks: readonly LockId[]): Answer {
  const rows = locks.flatMap((id) => d.read.lock(id) ?? []);
  const tokens = rows.map(({ id, name }) => ({
    lock: id,
    lockName: name,
    token: requests.find(({ lock }) => lock === id)?.token ?? 0,
  }));
  return { type: 'LocksGranted', tokens, ...protectionBy(rows) };
}

function has({ requests }: BundleRow, id: LockId): boolean {
  return requests.some(({ lock }) => lock === id);
}

function tellOutside(
  d: Decision,
  requester: Requester,
  { span, lock }: { readonly span: BundleRow; readonly lock: LockRow },
): void {
  const why = { kind: 'lockOutsideSpan', lock: lock.name, by: span.requester.stage } as const;
  d.tell(requester, { type: 'LocksLost', why });
}
