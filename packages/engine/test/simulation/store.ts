import { isDeepStrictEqual } from 'node:util';
import {
  bornRun,
  createInterlocking,
  createPool,
  createRun,
  createTrigger,
  evolveInterlocking,
  evolvePool,
  evolveRun,
  evolveTrigger,
  foldPool,
  foldTrigger,
  WholeInterlocking,
  type Address,
  type AgentRow,
  type ApprovalRow,
  type Birth,
  type InterlockingEvent,
  type JobRequestRow,
  type LeasePolicy,
  type PoolAnswer,
  type PoolChange,
  type PoolHeaderRow,
  type PoolNeed,
  type RunEvent,
  type RunState,
  type TriggerAnswer,
  type TriggerChange,
  type TriggerNeed,
} from '@signalbox/engine';
import type { Plan } from '@signalbox/model';
import { answerNeed } from '../interlocking/answer.ts';
import { snapshot, write } from '../interlocking/project.ts';
import { answerCheckNeed, type ShortChecks } from '../run/short-checks.ts';
import { unitOf, type Unit } from './unit.ts';

/** The times of the simulated pool, short so that leases are lost often. */
const LEASES: LeasePolicy = {
  renewEveryMs: 10_000,
  leaseMs: 60_000,
  marginMs: 10_000,
  silentMs: 120_000,
};

/** The machines of every environment are the agents of the one pool. */
const MACHINES = ['a1', 'a2', 'a3'].map((name, index) => ({
  id: index + 1,
  name,
  tags: index === 0 ? [] : ['t'],
  pool: 1,
}));

interface RunRows {
  readonly plan: Plan;
  readonly born: RunState;
  written: RunState;
  folded: RunState;
  readonly journal: RunEvent[];
}

/**
 * A database in memory: the rows as the working copies write them, and beside them the rows as the journals
 * tell them. `check` compares the two (ARCHITECTURE §3: fold(journal) == rows).
 */
export class Store {
  readonly runs: Map<number, RunRows> = new Map();
  /** The checks of environments, and the approvals that runs have asked for. */
  readonly checks: ShortChecks;
  /** Environments that no pipeline may use now. */
  readonly forbidden: Set<string> = new Set();
  readonly approvals: Map<string, ApprovalRow> = new Map();
  readonly locks: WholeInterlocking = new WholeInterlocking();
  readonly locksJournal: InterlockingEvent[] = [];
  readonly #locksFolded: WholeInterlocking = new WholeInterlocking();
  readonly agents: Map<number, AgentRow> = new Map();
  readonly requests: Map<number, JobRequestRow> = new Map();
  #poolHeader: PoolHeaderRow = { lastRequest: 0, lastAgent: 0, lastLease: 0 };
  #poolFolded = foldPool([]);
  #queueTime = 0;
  #lastRun = 0;
  readonly #revisions: Map<string, number> = new Map();
  readonly #counters: Map<string, number> = new Map();
  #triggerFolded = foldTrigger([]);

  constructor(checks: ShortChecks) {
    this.checks = checks;
  }

  open({ kind, id }: Address): Unit {
    switch (kind) {
      case 'run':
        return this.#run(id);
      case 'interlocking':
        return unitOf(createInterlocking(id), {
          answer: (need) => answerNeed(this.locks, need),
          write: (change) => write(this.locks, [change]),
          evolve: (event) => {
            this.locksJournal.push(event);
            evolveInterlocking(this.#locksFolded, event);
          },
        });
      case 'pool':
        return unitOf(createPool(id, LEASES), {
          answer: (need) => this.#answerPool(need),
          write: (change) => this.#writePool(change),
          evolve: (event) => (this.#poolFolded = evolvePool(this.#poolFolded, event)),
        });
      case 'trigger':
        return unitOf(createTrigger(id), {
          answer: (need) => this.#answerTrigger(need),
          write: (change) => this.#writeTrigger(change),
          evolve: (event) => (this.#triggerFolded = evolveTrigger(this.#triggerFolded, event)),
        });
    }
  }

  /** The rows of a run that a trigger's transaction creates. */
  bear({ identity, plan }: Birth): void {
    const state = bornRun(identity, plan);
    const journal: RunEvent[] = [{ type: 'RunCreated', identity, plan }];
    this.runs.set(identity.id, { plan, born: state, written: state, folded: state, journal });
  }

  /** Throws when the journal of an aggregate tells other rows than are written. */
  check({ kind, id }: Address): void {
    const run = this.runs.get(id);
    const { agents, requests } = this;
    const pool = { header: this.#poolHeader, agents, requests };
    const same = {
      run: () => isDeepStrictEqual(run?.written, run?.folded),
      interlocking: () => isDeepStrictEqual(snapshot(this.locks), snapshot(this.#locksFolded)),
      pool: () => isDeepStrictEqual(this.#poolFolded, pool),
      trigger: () =>
        this.#triggerFolded.lastRun === this.#lastRun &&
        [...this.#triggerFolded.counters].every(([key, { value }]) => this.#counters.get(key) === value),
    };
    if (!same[kind]()) throw new Error(`the journal of ${kind} ${id} does not fold to its rows`);
  }

  #run(id: number): Unit {
    const rows = this.runs.get(id);
    return unitOf(createRun(id), {
      answer: (of) => {
        if (of.need === 'machines') return { of, machines: MACHINES };
        if (of.need === 'checks') return answerCheckNeed(this.checks, of, this.forbidden);
        return rows === undefined ? { of } : { of, state: rows.written, plan: rows.plan };
      },
      write: (change) => {
        if (change.table === 'approval') {
          const { run: id_, stage, attempt, check } = change.row;
          this.approvals.set(`${id_}/${stage}/${attempt}/${check}`, change.row);
        } else if (change.table === 'run' && rows !== undefined) rows.written = change.row;
      },
      evolve: (event) => {
        if (rows === undefined) return;
        rows.folded = evolveRun(rows.folded, event);
        rows.journal.push(event);
      },
    });
  }

  #answerPool(of: PoolNeed): PoolAnswer {
    const all = [...this.requests.values()];
    const waiting = all.filter(({ state }) => state.phase === 'waiting');
    switch (of.need) {
      case 'header':
        return { of, header: this.#poolHeader };
      case 'elsewhere':
        return { of, others: [] };
      case 'agents':
        return { of, agents: [...this.agents.values()] };
      case 'request':
        return { of, requests: all.filter(({ id }) => id === of.id) };
      case 'requestOf':
        return {
          of,
          requests: all.filter(
            ({ run, instance }) => run === of.run && isDeepStrictEqual(instance, of.instance),
          ),
        };
      case 'waitingOf':
        return { of, requests: waiting.filter(({ run }) => run === of.run) };
      case 'fronts': {
        const rows = waiting.toSorted((a, b) => a.readyAt - b.readyAt || a.run - b.run || a.id - b.id);
        return { of, requests: rows.slice(0, of.count) };
      }
    }
  }

  #writePool(change: PoolChange): void {
    if (change.table === 'header') this.#poolHeader = change.row;
    else if (change.table === 'request') this.requests.set(change.row.id, change.row);
    else if (change.row === undefined) this.agents.delete(change.id);
    else this.agents.set(change.id, change.row);
  }

  #answerTrigger(of: TriggerNeed): TriggerAnswer {
    if (of.need === 'header') return { of, header: { lastQueueTime: this.#queueTime } };
    if (of.need === 'lastRun') return { of, lastRun: this.#lastRun };
    if (of.need === 'counter') {
      const counter = this.#counters.get(`${of.definition}:${of.prefix}`);
      return counter === undefined ? { of } : { of, counter };
    }
    return { of, revision: this.#revisions.get(`${of.definition}:${of.key}`) ?? 0 };
  }

  #writeTrigger(change: TriggerChange): void {
    if (change.table === 'header') this.#queueTime = change.row.lastQueueTime;
    else if (change.table === 'lastRun') this.#lastRun = change.row;
    else if (change.table === 'revision')
      this.#revisions.set(`${change.row.definition}:${change.row.key}`, change.row.value);
    else this.#counters.set(`${change.row.definition}:${change.row.prefix}`, change.row.value);
  }
}
