import type { AgentId, Instant, JobRequestId, PoolId, RunId } from '@signalbox/model';
import type { InstanceKey } from '../run/state.ts';

/** One line per pool. */
export interface PoolHeaderRow {
  readonly lastRequest: JobRequestId;
  readonly lastAgent: AgentId;
  /** Grows with every lease of the pool; a lease token is never reused (INV-50). */
  readonly lastLease: number;
  /** Jobs of the pool that may run at once (AGENT-6); absent: as many as it has agents. */
  readonly parallelJobs?: number;
}

/** An agent as the pool knows it (AGENT-2, AGENT-3). */
export interface AgentRow {
  readonly id: AgentId;
  readonly name: string;
  readonly version: string;
  readonly enabled: boolean;
  /** Folded names; what the agent says of itself, its `--capability` options above what it found. */
  readonly capabilities: Readonly<Record<string, string>>;
  /** Folded names; what people gave it at the server. They outlive the process and override the others (AGENT-3). */
  readonly userCapabilities?: Readonly<Record<string, string>>;
  /** When its last session ended; absent: it has one. */
  readonly goneAt?: Instant;
  /** A session is one life of the agent's process; a new one ends the old one. */
  readonly session?: { readonly id: string; readonly since: Instant; readonly seenAt: Instant };
  /** It asked for work and waits. */
  readonly idle: boolean;
  readonly request?: JobRequestId;
}

/** What a job asks of an agent: folded capability, and the value it must equal (POOL-3). */
export interface Demand {
  readonly capability: string;
  readonly equals?: string;
}

/** Since when an agent is to stop its job, and how long its clean-up may take; `kill`: there is none (CANCEL-8). */
export interface StopRequest {
  readonly at: Instant;
  readonly budgetMs: number;
  readonly kill?: true;
}

/** A job instance in the pool. */
export interface JobRequestRow {
  readonly id: JobRequestId;
  readonly run: RunId;
  readonly instance: InstanceKey;
  readonly demands: readonly Demand[];
  /** The demands as one text, so that equal demands share an index partition. */
  readonly demandKey: string;
  /** Order: (readyAt, run, id) (GAP-42). */
  readonly readyAt: Instant;
  /** Given to the agent: how long clean-up may take after a cancel; also part of the hand-over time (LAW-8). */
  readonly cancelTimeoutMs: number;
  /** Its agent never ends it by itself: a lock protects it (Q6, RELIABILITY §5.4). */
  readonly protected?: true;
  readonly state:
    | { readonly phase: 'waiting' }
    | {
        readonly phase: 'assigned';
        readonly agent: AgentId;
        readonly lease: number;
        readonly assignedAt: Instant;
        readonly leaseUntil: Instant;
        /** The agent is to stop the job; it learns of it with its next renewal. */
        readonly cancel?: StopRequest;
      }
    /**
     * The lease ran out; the pool waits until no process of the job can act any more (LAW-8, LAW-10). Without
     * `until` it waits for the agent, or for a person.
     */
    | {
        readonly phase: 'quarantined';
        readonly agent: AgentId;
        readonly lease: number;
        readonly assignedAt?: Instant;
        readonly until?: Instant;
        readonly cancel?: StopRequest;
      }
    | { readonly phase: 'finished'; readonly at: Instant; readonly lost: boolean; readonly agent?: AgentId };
}

/** One changed row of a pool, as the store writes it. */
export type PoolChange =
  | { readonly table: 'header'; readonly row: PoolHeaderRow }
  | { readonly table: 'agent'; readonly row: AgentRow | undefined; readonly id: AgentId }
  | { readonly table: 'request'; readonly row: JobRequestRow };

/** What a pool's decision may lack; the store answers from an index. */
export type PoolNeed =
  | { readonly need: 'header' }
  /** Every agent of the pool. */
  | { readonly need: 'agents' }
  | { readonly need: 'request'; readonly id: JobRequestId }
  | { readonly need: 'requestOf'; readonly run: RunId; readonly instance: InstanceKey }
  /** Every request that is waiting, of a run. */
  | { readonly need: 'waitingOf'; readonly run: RunId }
  /** For each distinct demandKey with waiting requests: the first `count` by (readyAt, run, id). */
  | { readonly need: 'fronts'; readonly count: number }
  /** The other pools, for a limit that they share: nobody else decides about it before this unit of work is over. */
  | { readonly need: 'elsewhere' };

/** Another pool, as far as a shared limit of parallel jobs asks (AGENT-6). */
export interface OtherPool {
  readonly pool: PoolId;
  readonly agents: readonly AgentRow[];
  /** The first 1,000 of its waiting requests, by (readyAt, run, id). */
  readonly waiting: readonly JobRequestRow[];
}

/** The rows that answer a need. */
export interface PoolAnswer {
  readonly of: PoolNeed;
  readonly header?: PoolHeaderRow;
  readonly agents?: readonly AgentRow[];
  readonly requests?: readonly JobRequestRow[];
  readonly others?: readonly OtherPool[];
}
