import type {
  Address,
  ApprovalRow,
  AggregateKind,
  Birth,
  InterlockingChange,
  OtherPool,
  PoolChange,
  PoolNeed,
  ResourceKey,
  RunChange,
  RunNeed,
  RunState,
  TriggerChange,
  TriggerHeaderRow,
  TriggerNeed,
} from '@signalbox/engine';
import {
  fold,
  mayUse,
  type Instant,
  type PipelinePermission,
  type Plan,
  type PoolId,
  type ProjectId,
  type RunId,
} from '@signalbox/model';
import type { FeedEntry, JournalEntry } from '../port/journal.ts';
import { addressText } from '../unit/address.ts';
import type { Answer, Change, Need, Recorded } from '../unit/decide.ts';
import { feedCursor } from '../feed-cursor.ts';
import type { EnvironmentRow } from '../port/catalogue.ts';
import type { CheckRow } from '../port/checks.ts';
import type { MachineRow } from '../port/machines.ts';
import type { ConnectionRow, VariableGroupRow } from '../port/library.ts';
import type { RunLeaseRow } from '../port/run-leases.ts';
import type { RunRemoval } from '../port/runs.ts';
import { enabledChecks } from './checks.ts';
import { InterlockingRows } from './interlocking.ts';
import { isGone } from './gone.ts';
import { machinesOf } from './machines.ts';
import { permissionKey, type KnownPermissions } from './permissions.ts';
import { PoolRows } from './pool.ts';
import { Rows } from './rows.ts';

/** The rows of all aggregates and their journals. */
export class Tables {
  readonly runs: Map<RunId, RunState> = new Map<RunId, RunState>();
  readonly plans: Map<RunId, Plan> = new Map<RunId, Plan>();
  readonly environments: Rows<EnvironmentRow> = new Rows<EnvironmentRow>();
  readonly machines: Rows<MachineRow> = new Rows<MachineRow>();
  readonly connections: Rows<ConnectionRow> = new Rows<ConnectionRow>();
  readonly variableGroups: Rows<VariableGroupRow> = new Rows<VariableGroupRow>();
  readonly checks: Rows<CheckRow> = new Rows<CheckRow>();
  readonly permissions: KnownPermissions = new Map();
  /** By run, stage, attempt and number of the check. */
  readonly approvals: Map<string, ApprovalRow> = new Map<string, ApprovalRow>();
  readonly runLeases: Rows<RunLeaseRow> = new Rows<RunLeaseRow>();
  readonly removals: Map<RunId, RunRemoval> = new Map<RunId, RunRemoval>();
  /** What each area does when a run is removed. */
  readonly whenRemoved: ((run: RunId) => void | Promise<void>)[] = [];
  /** What each area does when a definition is removed; it answers what brings it back. */
  readonly whenDefinitionRemoved: ((definition: number) => () => void)[] = [];
  readonly feed: FeedEntry[] = [];
  readonly #journals = new Map<string, JournalEntry[]>();
  readonly #interlockings = new Map<ProjectId, InterlockingRows>();
  readonly #pools = new Map<PoolId, PoolRows>();
  readonly #triggers = new Map<ProjectId, TriggerHeaderRow>();
  readonly #revisions = new Map<string, number>();
  readonly #counters = new Map<string, number>();
  #lastRun: RunId = 0;

  interlocking(project: ProjectId): InterlockingRows {
    return made(this.#interlockings, project, () => new InterlockingRows());
  }

  pool(id: PoolId): PoolRows {
    return made(this.#pools, id, () => new PoolRows());
  }

  journal(address: Address): readonly JournalEntry[] {
    return this.#journals.get(addressText(address)) ?? [];
  }

  load(address: Address, needs: readonly Need[]): readonly Answer[] {
    switch (address.kind) {
      case 'run':
        return (needs as readonly RunNeed[]).map((need) => this.#runAnswer(address.id, need));
      case 'interlocking': {
        const rows = this.interlocking(address.id);
        return (needs as Parameters<typeof rows.answer>[0][]).map((need) => rows.answer(need));
      }
      case 'pool': {
        const rows = this.pool(address.id);
        return (needs as readonly PoolNeed[]).map((need) =>
          need.need === 'elsewhere' ? { of: need, others: this.#poolsBut(address.id) } : rows.answer(need),
        );
      }
      case 'trigger':
        return (needs as readonly TriggerNeed[]).map((need) => this.#triggerAnswer(address.id, need));
    }
  }

  #poolsBut(id: PoolId): readonly OtherPool[] {
    return [...this.#pools]
      .filter(([pool]) => pool !== id)
      .map(([pool, rows]) => ({ pool, agents: rows.sortedAgents(), waiting: rows.waiting() }));
  }

  /** Throws before anything is changed when a constraint of the databases would be broken. */
  check(address: Address, changes: readonly Change[], births: readonly Birth[]): void {
    if (address.kind === 'interlocking') {
      this.interlocking(address.id).check(changes as readonly InterlockingChange[]);
    }
    if (address.kind === 'pool') this.pool(address.id).check(changes as readonly PoolChange[]);
    for (const { identity } of births) {
      if (this.runs.has(identity.id)) throw new Error(`run ${identity.id} exists already`);
    }
  }

  apply(address: Address, changes: readonly Change[]): void {
    for (const change of changes) this.#applyOne(address, change);
  }

  /** A run's rows and the first entry of its journal. */
  bear({ identity, plan }: Birth, state: RunState, at: Instant): void {
    this.runs.set(identity.id, state);
    this.plans.set(identity.id, plan);
    this.append({ kind: 'run', id: identity.id }, [{ event: { type: 'RunCreated', identity, plan } }], at);
  }

  append(address: Address, events: readonly Recorded[], at: Instant): void {
    const journal = made(this.#journals, addressText(address), (): JournalEntry[] => []);
    const project = this.#projectOf(address);
    for (const { event, cause } of events) {
      const entry = { address, version: journal.length + 1, at, event } as JournalEntry;
      journal.push(cause === undefined ? entry : ({ ...entry, cause } as JournalEntry));
      this.feed.push({
        ...entry,
        cursor: feedCursor('0', this.feed.length + 1),
        ...(project !== undefined && { project }),
      });
    }
  }

  #applyOne(address: Address, change: Change): void {
    switch (address.kind satisfies AggregateKind) {
      case 'run': {
        this.#applyRun(change as RunChange);
        break;
      }
      case 'interlocking':
        this.interlocking(address.id).apply(change as InterlockingChange);
        break;
      case 'pool':
        this.pool(address.id).apply(change as PoolChange);
        break;
      case 'trigger':
        this.#applyTrigger(address.id, change as TriggerChange);
        break;
    }
  }

  #applyRun(change: RunChange): void {
    if (change.table === 'run') {
      if (this.runs.has(change.row.id)) this.runs.set(change.row.id, change.row);
      return;
    }
    // Runs are found by the number of their row.
    if (change.table === 'number') return;
    const { run, stage, attempt, check } = change.row;
    const key = `${run}/${fold(stage)}/${attempt}/${check}`;
    const known = this.approvals.get(key);
    this.approvals.set(key, known === undefined ? change.row : { ...known, status: change.row.status });
  }

  #applyTrigger(project: ProjectId, change: TriggerChange): void {
    switch (change.table) {
      case 'header':
        this.#triggers.set(project, change.row);
        break;
      case 'lastRun':
        this.#lastRun = change.row;
        break;
      case 'revision':
        this.#revisions.set(`${change.row.definition}:${change.row.key}`, change.row.value);
        break;
      case 'counter':
        this.#counters.set(`${change.row.definition}:${change.row.prefix}`, change.row.value);
        break;
    }
  }

  #runAnswer(id: RunId, need: RunNeed): Answer {
    if (need.need === 'checks') {
      const { project, resource, definition } = need;
      const checks = enabledChecks(this.checks, project, resource);
      const permitted = mayUse(this.#permission(project, resource), definition);
      const gone = isGone(this, project, resource);
      return { of: need, checks, ...(!permitted && { forbidden: true }), ...(gone && { gone }) };
    }
    if (need.need === 'machines') return this.#machines(need);
    const state = this.runs.get(id);
    const plan = this.plans.get(id);
    const of = { need: 'run' } as const;
    return state === undefined || plan === undefined ? { of } : { of, state, plan };
  }

  #machines(need: Extract<RunNeed, { need: 'machines' }>): Answer {
    const environment = Number(need.environment);
    const own = this.environments.get(environment)?.project === need.project;
    const rows = own ? machinesOf(this, environment) : [];
    return { of: need, machines: rows.map(({ id, name, tags, pool }) => ({ id, name, tags, pool })) };
  }

  #permission(project: ProjectId, resource: ResourceKey): PipelinePermission | undefined {
    const known = this.permissions.get(permissionKey(project, resource));
    return known && { ...known, pipelines: known.authorizations.map(({ definition }) => definition) };
  }

  #triggerAnswer(project: ProjectId, need: TriggerNeed): Answer {
    switch (need.need) {
      case 'header': {
        const header = this.#triggers.get(project);
        return header === undefined ? { of: need } : { of: need, header };
      }
      case 'lastRun':
        return { of: need, lastRun: this.#lastRun };
      case 'revision':
        return { of: need, revision: this.#revisions.get(`${need.definition}:${need.key}`) ?? 0 };
      case 'counter': {
        const counter = this.#counters.get(`${need.definition}:${need.prefix}`);
        return counter === undefined ? { of: need } : { of: need, counter };
      }
    }
  }

  #projectOf(address: Address): ProjectId | undefined {
    if (address.kind === 'run') return this.runs.get(address.id)?.project;
    return address.kind === 'pool' ? undefined : address.id;
  }
}

function made<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = make();
  map.set(key, value);
  return value;
}
