import {
  Sorted,
  take,
  type AgentRow,
  type JobRequestRow,
  type PoolAnswer,
  type PoolChange,
  type PoolHeaderRow,
  type PoolNeed,
} from '@signalbox/engine';
import type { AgentId, JobRequestId, RunId } from '@signalbox/model';
import { instanceText } from '../instance-text.ts';

/** One pool in memory. */
export class PoolRows {
  header: PoolHeaderRow | undefined;
  readonly agents: Map<AgentId, AgentRow> = new Map<AgentId, AgentRow>();
  readonly requests: Map<JobRequestId, JobRequestRow> = new Map<JobRequestId, JobRequestRow>();
  readonly open: Sorted<JobRequestRow> = new Sorted(compareRequests);
  readonly #byInstance = new Map<string, JobRequestId>();
  readonly #waiting = new Map<string, Sorted<JobRequestRow>>();
  readonly #busy = new Map<AgentId, JobRequestId>();
  readonly #waitingOf = new Map<RunId, Set<JobRequestId>>();

  answer(need: Exclude<PoolNeed, { readonly need: 'elsewhere' }>): PoolAnswer {
    switch (need.need) {
      case 'header':
        return this.header === undefined ? { of: need } : { of: need, header: this.header };
      case 'agents':
        return { of: need, agents: this.sortedAgents() };
      case 'request':
        return { of: need, requests: this.#some([need.id]) };
      case 'requestOf':
        return { of: need, requests: this.#some(this.#idsOf(need.run, need.instance)) };
      case 'waitingOf':
        return { of: need, requests: this.#some([...(this.#waitingOf.get(need.run) ?? [])].sort(ascending)) };
      case 'fronts':
        return { of: need, requests: this.#fronts(need.count) };
    }
  }

  sortedAgents(): readonly AgentRow[] {
    return [...this.agents.values()].sort((a, b) => a.id - b.id);
  }

  /** The first 1,000 that wait, in order. */
  waiting(): readonly JobRequestRow[] {
    return [...this.open].filter(({ state }) => state.phase === 'waiting').slice(0, 1000);
  }

  /** Throws before anything is changed when the rows would break a constraint of the databases. */
  check(changes: readonly PoolChange[]): void {
    const assigned = changes.flatMap((change) =>
      change.table === 'request' && change.row.state.phase === 'assigned'
        ? [{ id: change.row.id, agent: change.row.state.agent }]
        : [],
    );
    const changed = new Set(changes.flatMap((change) => (change.table === 'request' ? [change.row.id] : [])));
    const taken = new Set<AgentId>();
    for (const { id, agent } of assigned) {
      const other = this.#busy.get(agent);
      const stays = other !== undefined && other !== id && !changed.has(other);
      if (stays || taken.has(agent)) throw new Error(`agent ${agent} has a job already`);
      taken.add(agent);
    }
  }

  apply(change: PoolChange): void {
    switch (change.table) {
      case 'header':
        this.header = change.row;
        break;
      case 'agent':
        if (change.row === undefined) this.agents.delete(change.id);
        else this.agents.set(change.id, change.row);
        break;
      case 'request':
        this.#saveRequest(change.row);
        break;
    }
  }

  #saveRequest(row: JobRequestRow): void {
    const before = this.requests.get(row.id);
    if (before !== undefined) {
      this.open.delete(before);
      this.#waiting.get(before.demandKey)?.delete(before);
      this.#waitingOf.get(before.run)?.delete(before.id);
      const { state } = before;
      if (state.phase === 'assigned' && this.#busy.get(state.agent) === row.id)
        this.#busy.delete(state.agent);
    }
    this.requests.set(row.id, row);
    this.#byInstance.set(`${row.run} ${instanceText(row.instance)}`, row.id);
    if (row.state.phase !== 'finished') this.open.add(row);
    if (row.state.phase === 'assigned') this.#busy.set(row.state.agent, row.id);
    if (row.state.phase !== 'waiting') return;
    const line = this.#waiting.get(row.demandKey) ?? new Sorted(compareRequests);
    line.add(row);
    this.#waiting.set(row.demandKey, line);
    const ofRun = this.#waitingOf.get(row.run) ?? new Set<JobRequestId>();
    this.#waitingOf.set(row.run, ofRun.add(row.id));
  }

  #fronts(count: number): readonly JobRequestRow[] {
    const keys = [...this.#waiting.keys()].sort((a, b) => (a < b ? -1 : 1));
    return keys.flatMap((key) => take(this.#waiting.get(key) ?? [], count));
  }

  #idsOf(run: RunId, instance: JobRequestRow['instance']): readonly JobRequestId[] {
    const id = this.#byInstance.get(`${run} ${instanceText(instance)}`);
    return id === undefined ? [] : [id];
  }

  #some(ids: readonly JobRequestId[]): readonly JobRequestRow[] {
    return ids.flatMap((id) => {
      const row = this.requests.get(id);
      return row === undefined ? [] : [row];
    });
  }
}

function compareRequests(a: JobRequestRow, b: JobRequestRow): number {
  return a.readyAt - b.readyAt || a.run - b.run || a.id - b.id;
}

function ascending(a: number, b: number): number {
  return a - b;
}
