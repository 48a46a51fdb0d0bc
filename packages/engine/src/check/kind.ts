import type { CheckCategory, Instant, NodeResult } from '@signalbox/model';
import type { Refusal } from '../refusals.ts';
import type { Person } from './person.ts';

/** What an act on a check is judged by. */
export interface ActContext {
  readonly now: Instant;
  readonly by: Person;
  /** For whom the run was started, and who started it (GAP-20). */
  readonly requesters: readonly string[];
  /** When the check times out. */
  readonly dueAt: Instant;
}

/** The check after an act; or why the act is refused, and nothing changes. */
export type Acted<P> = { readonly progress: P } | { readonly refusal: Refusal };

/** A check under way: what it is, and how far. */
export interface UnderWay<S, P> {
  readonly settings: S;
  readonly progress: P;
}

/**
 * One kind of check: pure functions from what is known to what is so. `S`: its settings; `P`: how far it is;
 * `A`: what can be done about it. The checkpoint does the rest: order, time-outs, the end of the stage.
 */
export interface CheckKind<S, P, A> {
  /** How people call it. */
  readonly name: string;
  /** Whether it waits for a person: then younger runs pass after `expectedLimit` (LOCK-63). */
  readonly awaitsPerson: boolean;
  readonly category: (settings: S) => CheckCategory;
  /** Its category begins (CHK-38). */
  readonly start: (settings: S, at: Instant) => P;
  readonly act: (check: UnderWay<S, P>, act: A, context: ActContext) => Acted<P>;
  /** What the passing of time has made of it. */
  readonly pass: (check: UnderWay<S, P>, now: Instant) => P;
  /** What it says now; `approved` and `rejected` are final. */
  readonly verdict: (check: UnderWay<S, P>) => 'running' | 'approved' | 'rejected';
  /** When time alone will change it next, its time-out apart. */
  readonly wakeAt: (progress: P) => Instant | undefined;
  /** It ends from outside: its time is over, or nobody needs it any more. */
  readonly close: (progress: P, how: 'timedOut' | 'canceled') => P;
  /** The result of the stage when it says no, and when its time is over (CHK-30). */
  readonly onRejected: NodeResult;
  readonly onTimeOut: NodeResult;
  /** Why it said no, as a sentence without a stop. */
  readonly why: (progress: P) => string;
}
