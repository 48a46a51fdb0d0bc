import {
  createPool,
  DEFAULT_LEASE_POLICY,
  foldPool,
  type AgentRow,
  type JobRequestRow,
  type LeasePolicy,
  type Mail,
  type OtherPool,
  type Outcome,
  type PoolAnswer,
  type PoolEvent,
  type PoolHeaderRow,
  type PoolMessage,
  type PoolNeed,
} from '@signalbox/engine';
import { expect } from 'vitest';

/** A store of one pool's rows. Answers only what is asked for; after each batch the journal must fold to the rows. */
export class PoolStore {
  header: PoolHeaderRow = { lastRequest: 0, lastAgent: 0, lastLease: 0 };
  readonly agents = new Map<number, AgentRow>();
  readonly requests = new Map<number, JobRequestRow>();
  readonly journal: PoolEvent[] = [];
  readonly mail: Mail[] = [];
  now = 0;
  readonly policy: LeasePolicy;
  readonly #id: number;
  /** What is told of the other pools. */
  others: readonly OtherPool[] = [];
  /** How many needs for the fronts were answered. */
  fronts = 0;

  constructor(policy: Partial<LeasePolicy> = {}, id = 1) {
    this.#id = id;
    this.policy = { ...DEFAULT_LEASE_POLICY, ...policy };
  }

  tell(message: PoolMessage): Outcome<PoolEvent> {
    const [outcome] = this.batch([message]);
    if (outcome === undefined) throw new Error('no outcome');
    return outcome;
  }

  /** One unit of work over several messages. */
  batch(messages: readonly PoolMessage[]): readonly Outcome<PoolEvent>[] {
    const working = createPool(this.#id, this.policy);
    const outcomes = messages.map((message) => {
      for (;;) {
        const handled = working.handle(message, this.now);
        if (handled.kind === 'decided') return handled.outcome;
        working.supply(handled.needs.map((need) => this.answer(need)));
      }
    });
    for (const change of working.changes()) {
      if (change.table === 'header') this.header = change.row;
      else if (change.table === 'request') this.requests.set(change.row.id, change.row);
      else if (change.row === undefined) this.agents.delete(change.id);
      else this.agents.set(change.id, change.row);
    }
    for (const outcome of outcomes) {
      this.journal.push(...outcome.events);
      this.mail.push(...outcome.mail);
    }
    const folded = foldPool(this.journal);
    expect(folded).toEqual({ header: this.header, agents: this.agents, requests: this.requests });
    return outcomes;
  }

  private answer(of: PoolNeed): PoolAnswer {
    switch (of.need) {
      case 'header':
        return { of, header: this.header };
      case 'elsewhere':
        return { of, others: this.others };
      case 'agents':
        return { of, agents: [...this.agents.values()] };
      case 'request':
        return { of, requests: [...this.requests.values()].filter(({ id }) => id === of.id) };
      case 'requestOf': {
        const key = JSON.stringify(of.instance);
        const found = [...this.requests.values()].filter(
          ({ run, instance }) => run === of.run && JSON.stringify(instance) === key,
        );
        return { of, requests: found };
      }
      case 'waitingOf':
        return { of, requests: this.waiting().filter(({ run }) => run === of.run) };
      case 'fronts':
        this.fronts += 1;
        return { of, requests: this.frontRows(of.count) };
    }
  }

  waiting(): readonly JobRequestRow[] {
    const rows = [...this.requests.values()].filter(({ state }) => state.phase === 'waiting');
    return rows.toSorted((a, b) => a.readyAt - b.readyAt || a.run - b.run || a.id - b.id);
  }

  private frontRows(count: number): readonly JobRequestRow[] {
    const seen = new Map<string, number>();
    return this.waiting().filter(({ demandKey }) => {
      const rank = (seen.get(demandKey) ?? 0) + 1;
      seen.set(demandKey, rank);
      return rank <= count;
    });
  }
}
