import type { Birth, Effect, Mail, Reply, WorkingCopy } from '@signalbox/engine';

/** What deciding one message came to, whatever the aggregate. */
export interface Decided {
  readonly mail: readonly Mail[];
  readonly effects: readonly Effect[];
  readonly births: readonly Birth[];
  readonly reply: Reply | undefined;
}

/** A unit of work over one aggregate: nothing is written before `commit`, and nothing of it stays without. */
export interface Unit {
  decide(body: unknown, now: number): Decided;
  commit(): void;
}

/** How a store serves one aggregate. */
export interface Rows<E, N, A, C> {
  readonly answer: (need: N) => A;
  /** The rows, as a database has them. */
  readonly write: (change: C) => void;
  /** The same, told by the journal. */
  readonly evolve: (event: E) => void;
}

const MAX_LOADS = 100;

/** The driver's loop around a working copy (ARCHITECTURE §3). */
export function unitOf<M, E, N, A, C>(working: WorkingCopy<M, E, N, A, C>, rows: Rows<E, N, A, C>): Unit {
  const events: E[] = [];
  return {
    decide(body, now) {
      for (let load = 0; load < MAX_LOADS; load += 1) {
        const handled = working.handle(body as M, now);
        if (handled.kind === 'decided') {
          events.push(...handled.outcome.events);
          const { mail, effects, reply } = handled.outcome;
          return { mail, effects, births: handled.births, reply };
        }
        working.supply(handled.needs.map(rows.answer));
      }
      throw new Error(`never has enough to decide ${JSON.stringify(body)}`);
    },
    commit() {
      working.changes().forEach(rows.write);
      events.forEach(rows.evolve);
    },
  };
}
