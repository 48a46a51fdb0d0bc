import type {
  Interlocking,
  InterlockingEvent,
  InterlockingMessage,
  Outcome,
  WholeInterlocking,
} from '@signalbox/engine';
import type { Blocker } from '@signalbox/model';
import { capacity } from './capacity.ts';
import { checked, holds, once, waits } from './ending.ts';
import { passed, runOrder } from './order.ts';
import { inside, nobodyWaitsInside } from './spans.ts';
import { leavesNobodyOlder, superseded } from './supersede.ts';
import { movesUp, noLockNeeded, signed, together } from './together.ts';
import { View, isWaiting, locksOf, type Law } from './view.ts';
import { circles, isAlarmDue, lostWakeUps } from './wake-ups.ts';

/** What every event must keep. */
const LAWS: readonly Law[] = [once, holds, signed];

/** What some must keep besides. */
const LAWS_OF: Readonly<Partial<Record<InterlockingEvent['type'], readonly Law[]>>> = {
  BundleGranted: [waits, checked, capacity, together, leavesNobodyOlder, passed, runOrder],
  SpanJoined: [inside],
  SpanEntered: [inside],
  BundleTimedOut: [waits],
  BundleSuperseded: [superseded],
};

/** Watches the laws from event to event: each looks at what the event touches, not at everything. */
export class LawWatch {
  readonly #view: View = new View();
  readonly #reasons: Map<number, readonly Blocker[]> = new Map();

  /** The rows as the journal makes them. */
  get rows(): WholeInterlocking {
    return this.#view.rows;
  }

  /** What an event of the journal breaks. */
  *see(event: InterlockingEvent): Generator<string, void> {
    for (const law of LAWS) yield* law(event, this.#view);
    for (const law of LAWS_OF[event.type] ?? []) yield* law(event, this.#view);
    this.#view.evolve(event);
  }

  /** What a message breaks, and whoever now waits for nothing at the locks that it touched (LAW-2). */
  *seeOutcome(
    message: InterlockingMessage,
    outcome: Outcome<InterlockingEvent>,
    { now, everything }: { readonly now: number; readonly everything: Pick<Interlocking, 'blockersOf'> },
  ): Generator<string, void> {
    const view = this.#view;
    view.message = message;
    const touched = new Set<number>();
    for (const event of outcome.events) {
      yield* this.see(event);
      for (const lock of locksOf(event, view)) touched.add(lock);
    }
    yield* nobodyWaitsInside(outcome.events, view);
    yield* noLockNeeded(message, outcome, view);
    yield* movesUp(message, outcome, view);
    yield* this.#wakeUps(touched, { now, everything });
  }

  /** Why everybody waits, as of the last message that touched one of their locks. */
  get reasons(): ReadonlyMap<number, readonly Blocker[]> {
    return this.#reasons;
  }

  *#wakeUps(
    touched: ReadonlySet<number>,
    { now, everything }: { readonly now: number; readonly everything: Pick<Interlocking, 'blockersOf'> },
  ): Generator<string, void> {
    const view = this.#view;
    const waiting = new Set([...touched].flatMap((lock) => view.waiters(lock).map(({ id }) => id)));
    for (const id of this.#reasons.keys()) if (!isWaiting(view.rows.getBundle(id))) this.#reasons.delete(id);
    for (const id of waiting) yield* this.#reasonsOf(id, { now, everything });
    for (const id of circles(this.#reasons, waiting)) yield `LAW-14: bundle ${id} waits for itself`;
  }

  *#reasonsOf(
    id: number,
    { now, everything }: { readonly now: number; readonly everything: Pick<Interlocking, 'blockersOf'> },
  ): Generator<string, void> {
    const answer = everything.blockersOf(id, now);
    if (answer.kind === 'needs') return yield `the whole interlocking lacks ${JSON.stringify(answer.needs)}`;
    this.#reasons.set(id, answer.value);
    const row = this.#view.rows.getBundle(id);
    if (answer.value.length === 0 && row !== undefined && !isAlarmDue(row, now))
      yield `LAW-2: bundle ${id} waits for nothing`;
  }
}

/** Every law that rows and journal break, a sentence each; empty when all is well. `now` tells whose time is over. */
export function brokenLaws(
  rows: WholeInterlocking,
  journal: readonly InterlockingEvent[],
  now: number,
): readonly string[] {
  return [...lostWakeUps(rows, now), ...brokenHistory(journal)];
}

/** Replays the journal and watches the laws that speak of what may happen when. */
export function brokenHistory(journal: readonly InterlockingEvent[]): readonly string[] {
  const watch = new LawWatch();
  return journal.flatMap((event) => [...watch.see(event)]);
}
