import type { AgentId, Instant, JobRequestId } from '@signalbox/model';
import type { AgentRow, JobRequestRow } from './rows.ts';

/** What happens in a pool; `evolve` makes rows of it. */
export type PoolEvent =
  | { readonly type: 'RequestQueued'; readonly request: JobRequestRow }
  | { readonly type: 'RequestWithdrawn'; readonly request: JobRequestId; readonly at: Instant }
  | {
      readonly type: 'RequestAssigned';
      readonly request: JobRequestId;
      readonly agent: AgentId;
      readonly lease: number;
      readonly at: Instant;
      readonly leaseUntil: Instant;
    }
  | {
      readonly type: 'RequestCancelAsked';
      readonly request: JobRequestId;
      readonly at: Instant;
      readonly budgetMs: number;
      readonly kill?: true;
    }
  | {
      readonly type: 'LeaseExtended';
      readonly request: JobRequestId;
      readonly leaseUntil: Instant;
      readonly at: Instant;
    }
  | {
      readonly type: 'LeaseExpired';
      readonly request: JobRequestId;
      /** Absent: its agent does not end it by itself. */
      readonly until?: Instant;
      readonly at: Instant;
    }
  /** An agent that does not end its job by itself is back with it. */
  | {
      readonly type: 'LeaseRegained';
      readonly request: JobRequestId;
      readonly leaseUntil: Instant;
      readonly at: Instant;
    }
  | {
      readonly type: 'RequestFinished';
      readonly request: JobRequestId;
      readonly at: Instant;
      readonly lost: boolean;
    }
  | { readonly type: 'AgentConnected'; readonly agent: AgentRow }
  | { readonly type: 'AgentIdle'; readonly agent: AgentId; readonly at: Instant }
  | { readonly type: 'AgentDisconnected'; readonly agent: AgentId; readonly at: Instant }
  | { readonly type: 'AgentEnabledChanged'; readonly agent: AgentId; readonly enabled: boolean }
  /** Folded names; the empty record: it has none any more. */
  | {
      readonly type: 'AgentCapabilitiesChanged';
      readonly agent: AgentId;
      readonly capabilities: Readonly<Record<string, string>>;
    }
  | { readonly type: 'AgentRemoved'; readonly agent: AgentId }
  /** Without `parallelJobs`: no limit any more. */
  | { readonly type: 'PoolLimited'; readonly parallelJobs?: number };
