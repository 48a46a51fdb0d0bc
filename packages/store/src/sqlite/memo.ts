import type {
  Address,
  AgentRow,
  HeaderRow,
  PoolChange,
  PoolHeaderRow,
  RunChange,
  RunState,
} from '@signalbox/engine';
import type { AgentId, Plan, PoolId, ProjectId, RunId } from '@signalbox/model';
import type { Behind, JournalColumns } from '../sql/behind.ts';
import type { Answer, Change, Need } from '../unit/decide.ts';

/** Runs remembered at most, with their plans, which are about 100 kB each when they are large. */
const MAX_RUNS = 500;

/**
 * Rows that many units of one turn read and write by their key: runs, counters, agents. This process is the only
 * writer, so what it wrote last is what is there; each changed row is written once, at the end of the turn.
 * A hand-off touches its pool four times and its runs six times: this saves 20 of 55 statements.
 */
export class Memo implements Behind {
  readonly #runs = new Map<RunId, { readonly state: RunState; readonly plan: Plan }>();
  readonly #headers = new Map<ProjectId, HeaderRow>();
  readonly #poolHeaders = new Map<PoolId, PoolHeaderRow>();
  readonly #agents = new Map<PoolId, Map<AgentId, AgentRow>>();
  #journal: JournalColumns[] = [];
  /** Changes that are not written yet, the last one of each row. */
  #unwritten = new Map<string, { readonly address: Address; readonly change: Change }>();

  /** What is remembered of the rows that a need asks for. */
  answer({ kind, id }: Address, need: Need): Answer | undefined {
    if (kind === 'run') return need.need === 'run' ? this.#run(id) : undefined;
    if (need.need === 'header' && kind === 'interlocking') {
      const header = this.#headers.get(id);
      return header && { of: need, header };
    }
    if (need.need === 'header' && kind === 'pool') {
      const header = this.#poolHeaders.get(id);
      return header && { of: need, header };
    }
    if (need.need !== 'agents') return undefined;
    const agents = this.#agents.get(id);
    return agents && { of: need, agents: [...agents.values()].sort((a, b) => a.id - b.id) };
  }

  /** Remembers an answer of the database. */
  learn({ kind, id }: Address, answer: Answer): void {
    if ('state' in answer && answer.state !== undefined && answer.plan !== undefined) {
      this.#rememberRun(answer.state, answer.plan);
    }
    if ('agents' in answer && answer.agents !== undefined) {
      this.#agents.set(id, new Map(answer.agents.map((agent) => [agent.id, agent])));
    }
    if (!('header' in answer) || answer.header === undefined) return;
    if (kind === 'interlocking') this.#headers.set(id, answer.header as HeaderRow);
    if (kind === 'pool') this.#poolHeaders.set(id, answer.header as PoolHeaderRow);
  }

  /** Of other pools the database may have older agents than are remembered here. */
  amend(answer: Answer): Answer {
    if (!('others' in answer) || answer.others === undefined) return answer;
    const others = answer.others.map((other) => {
      const agents = this.#agents.get(other.pool);
      return agents === undefined ? other : { ...other, agents: [...agents.values()] };
    });
    return { ...answer, others };
  }

  /** Takes over the changes that can wait for the end of the turn; answers the others. */
  keep(address: Address, changes: readonly Change[]): readonly Change[] {
    return changes.filter((change) => {
      const key = this.#keepOne(address, change);
      if (key !== undefined) this.#unwritten.set(`${address.kind} ${address.id} ${key}`, { address, change });
      return key === undefined;
    });
  }

  /** A journal is only read once it is committed, so its entries wait for the end of the turn. */
  append(entry: JournalColumns): void {
    this.#journal.push(entry);
  }

  /** The journal entries that waited, for writing. */
  takeJournal(): readonly JournalColumns[] {
    const waiting = this.#journal;
    this.#journal = [];
    return waiting;
  }

  /** The changes that waited, for writing. */
  takeUnwritten(): readonly { readonly address: Address; readonly change: Change }[] {
    const waiting = [...this.#unwritten.values()];
    this.#unwritten = new Map();
    return waiting;
  }

  /** After a rollback nothing remembered is sure. */
  forget(): void {
    this.#unwritten.clear();
    this.#journal = [];
    for (const map of [this.#runs, this.#headers, this.#poolHeaders, this.#agents]) map.clear();
  }

  /** Names the row if the change can wait. */
  #keepOne({ kind, id }: Address, change: Change): string | undefined {
    if (kind === 'run') {
      const known = this.#runs.get(id);
      const own = change as RunChange;
      if (known === undefined || own.table !== 'run') return undefined;
      this.#rememberRun(own.row, known.plan);
      return 'run';
    }
    if (kind === 'interlocking' && change.table === 'header') {
      this.#headers.set(id, change.row as HeaderRow);
      return 'header';
    }
    return kind === 'pool' ? this.#keepPool(id, change as PoolChange) : undefined;
  }

  #keepPool(pool: PoolId, change: PoolChange): string | undefined {
    if (change.table === 'header') {
      this.#poolHeaders.set(pool, change.row);
      return 'header';
    }
    const agents = this.#agents.get(pool);
    if (change.table !== 'agent' || agents === undefined) return undefined;
    if (change.row === undefined) agents.delete(change.id);
    else agents.set(change.id, change.row);
    return `agent ${change.id}`;
  }

  #run(id: RunId): Answer | undefined {
    const known = this.#runs.get(id);
    return known && { of: { need: 'run' }, ...known };
  }

  #rememberRun(state: RunState, plan: Plan): void {
    this.#runs.delete(state.id);
    this.#runs.set(state.id, { state, plan });
    if (this.#runs.size <= MAX_RUNS) return;
    for (const id of this.#runs.keys()) {
      // A run whose last state is not written yet must be found here, not in its row.
      if (this.#unwritten.has(`run ${id} run`)) continue;
      this.#runs.delete(id);
      return;
    }
  }
}
