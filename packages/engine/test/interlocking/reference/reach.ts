import { fold, type SpanEnd } from '@signalbox/model';
import { locksFor, locksOf, type Uses } from './asked.ts';
import type { Asked, Lock, Of, State } from './state.ts';

type Asks = Of<'LocksRequested'>;

/** Whether the run is first to say what it can reach: inside what its locks, and those reached, want now. */
export function lacksReach(s: State, message: Asks): boolean {
  const own = locksOf(s, message).filter(({ deleted }) => !deleted);
  if (endOf(own, message) === '') return false;
  const { reach } = message;
  if (reach === undefined) return true;
  const further = laterStages(message).flatMap((uses) => locksOf(s, uses).filter(({ deleted }) => !deleted));
  return endOf([...own, ...further], message) !== textOf(reach.asked);
}

/** What it asks for: its locks, and where it takes a span those of the later stages and of those that wait. */
export function spanning(s: State, message: Asks, own: readonly Lock[]): Pick<Asked, 'locks' | 'span'> {
  const hasSpan = endOf(own, message) !== '' && message.reach !== undefined && message.reach.until.length > 0;
  if (!hasSpan) return { locks: own };
  const later = laterStages(message).flatMap((uses) => locksFor(s, uses));
  const waitedFor = s.bundles
    .filter(({ run, status, inside }) => run === message.requester.run && isOpen(status) && !inside)
    .flatMap(({ locks }) => locks);
  const inForce = [...later, ...waitedFor].filter(({ deleted }) => !deleted);
  return { locks: s.locks.filter((lock) => [...own, ...inForce].includes(lock)), span: { own } };
}

function laterStages({ requester: { definition }, reach }: Asks): readonly Uses[] {
  if (reach === undefined || reach.until.length === 0) return [];
  return reach.stages.map(({ stage, ownLock, resources }) => ({
    requester: { definition, stage },
    ownLock,
    resources,
  }));
}

/** When the spans of the locks are all over: with the run, with the stages named, or (empty) with the own stage. */
function endOf(locks: readonly Lock[], { pipeline = '' }: Asks): string {
  const spans = locks.map(({ policy }) => policy.span);
  if (spans.includes('run')) return 'run';
  return textOf(spans.flatMap((span) => (typeof span === 'string' ? [] : (span.through[pipeline] ?? []))));
}

function textOf(end: SpanEnd): string {
  return end === 'run' ? end : [...new Set(end.map(fold))].toSorted().join(', ');
}

function isOpen(status: string): boolean {
  return status === 'waiting' || status === 'awaiting';
}
