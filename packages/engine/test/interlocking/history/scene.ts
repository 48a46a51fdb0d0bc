import type { InterlockingMessage, Requester, ResourceKey } from '@signalbox/engine';
import type { SpanEnd } from '@signalbox/model';

/** What the runs of a history have in common; each kind of trouble needs its own crowd. */
export interface Crowd {
  readonly pipelines: number;
  /** One in so many stages says its own `lockBehavior`. */
  readonly ownBehavior: number;
  /** Every lock orders by run queue time. */
  readonly byRun: boolean;
  /** Locks have spans, and runs more stages. */
  readonly spans?: boolean;
  /** Only one in so many is done when it could be: the more, the longer the queues. */
  readonly patience?: number;
  /** Timers ring so many ms after they are due. */
  readonly late?: number;
  /** Every timer rings when it is due, whatever the clock does. */
  readonly punctual?: boolean;
}

/** The numbers of a step. */
export interface Choice {
  /** Which run, waiter, holder, lock; modulo how many there are. */
  readonly pick: number;
  /** What is varied: behaviour, resources, policy, minutes. */
  readonly vary: number;
}

/** A run as the run-side of a project knows it. */
export interface Run extends Omit<Requester, 'stage' | 'attempt'> {
  readonly commit: number;
  readonly stages: Map<
    string,
    { resources: readonly ResourceKey[]; attempt: number; over: boolean; awaits?: boolean }
  >;
}

/** A stage that was asked what its run can reach inside a span, and has not answered yet. */
export interface Wanted {
  readonly asks: Extract<InterlockingMessage, { type: 'LocksRequested' }>;
  readonly until: SpanEnd;
}

/** What acts know and change: the run-side of a project. */
export class Scene {
  /** What the clock of the machine shows; it may jump back, but `now` does not. */
  clock = 1000 * MINUTE;
  now: number = this.clock;
  readonly locks: number;
  readonly crowd: Crowd;
  readonly runs: Run[] = [];
  /** The parent of each commit; undefined: it has none. */
  readonly commits: (number | undefined)[] = [];
  /** What was sent last, but for the creation of runs; the latest at the end. */
  readonly sent: InterlockingMessage[] = [];
  /** Who is to say what their runs can reach. */
  readonly wanted: Wanted[] = [];
  /** How many instants were named at which checks begin or cease to count. */
  instants = 0;
  /** How many leases were asked for. */
  leases = 0;

  constructor(locks: number, crowd: Crowd) {
    this.locks = locks;
    this.crowd = crowd;
  }

  /** The clock goes on; back only shows when it has caught up. */
  pass(milliseconds: number): void {
    this.clock += milliseconds;
    this.now = Math.max(this.now, this.clock);
  }
}

export const MINUTE = 60_000;

/** The names of stages, in the order of every plan; the last one only where there are spans. */
export const STAGES = ['Deploy', 'test', 'smoke'] as const;

/** The resource of the n-th lock, from 0. */
export function resource(index: number): ResourceKey {
  return { type: 'environment', id: `e${index}` };
}

/** One of them, or none if there are none. */
export function oneOf<T>(some: readonly T[], pick: number): T | undefined {
  return some[pick % Math.max(1, some.length)];
}
