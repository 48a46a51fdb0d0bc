import type { AgentId, Instant, JobRequestId, RunId } from '@signalbox/model';
import type { InstanceKey } from '../run/state.ts';
import type { Demand } from './rows.ts';

/** What a pool understands. */
export type PoolMessage =
  /** A job instance wants an agent. */
  | {
      readonly type: 'JobReady';
      readonly run: RunId;
      readonly instance: InstanceKey;
      readonly demands: readonly Demand[];
      readonly readyAt: Instant;
      readonly cancelTimeoutMs: number;
      /** A lock keeps it from being stopped: its agent does not end it when its lease runs out (Q6, RELIABILITY §5.4). */
      readonly protected?: true;
    }
  /** It does not any more: cancelled while it waited. If it is assigned by now, the agent is told to stop. */
  | {
      readonly type: 'JobWithdrawn';
      readonly run: RunId;
      readonly instance: InstanceKey;
      readonly kill?: true;
    }
  /** The agent that runs it is to stop it, with this budget for clean-up (CANCEL-8); `kill`: at once, without any. */
  | {
      readonly type: 'JobCanceled';
      readonly run: RunId;
      readonly instance: InstanceKey;
      readonly lease: number;
      readonly budgetMs: number;
      readonly kill?: true;
    }
  /** The run accepted the agent's last report: the lease is closed. `lost`: a person has given the agent up. */
  | {
      readonly type: 'JobOver';
      readonly run: RunId;
      readonly instance: InstanceKey;
      readonly lease: number;
      readonly lost?: true;
    }
  /** Command: an agent's process starts; replies `{ agent, session }`. Jobs of its earlier session are lost to it. */
  | {
      readonly type: 'AgentConnected';
      readonly name: string;
      readonly version: string;
      readonly session: string;
      readonly capabilities: Readonly<Record<string, string>>;
    }
  /** Command: the agent asks for work, or says that it is alive; replies with its job if it has one. */
  | { readonly type: 'AgentPolled'; readonly agent: AgentId; readonly session: string }
  /** The agent says good-bye. */
  | { readonly type: 'AgentLeft'; readonly agent: AgentId; readonly session: string }
  /** Command: the lease goes on; replies `{ leaseUntil, cancel? }` or refuses (INV-51). */
  | { readonly type: 'LeaseRenewed'; readonly request: JobRequestId; readonly lease: number }
  /** Timer: was the lease renewed since? */
  | { readonly type: 'LeaseDue'; readonly request: JobRequestId; readonly lease: number }
  /** Timer: no process of the lost job can act any more. */
  | { readonly type: 'QuarantineOver'; readonly request: JobRequestId; readonly lease: number }
  /** Command (AGENT-2). */
  | { readonly type: 'AgentEnabled'; readonly agent: AgentId; readonly enabled: boolean }
  /** Command: the capabilities that people gave it, in place of those they gave it before (AGENT-3). */
  | {
      readonly type: 'AgentCapabilitiesSet';
      readonly agent: AgentId;
      readonly capabilities: Readonly<Record<string, string>>;
    }
  /** Command: how many jobs of the pool may run at once (AGENT-6); without `parallelJobs`: as many as it has agents. */
  | { readonly type: 'PoolLimitSet'; readonly parallelJobs?: number }
  /** Another pool has ended a job, and this one may have waited for that (AGENT-6). */
  | { readonly type: 'SlotFreed' }
  /** Command. Refused while it has a job. */
  | { readonly type: 'AgentDeleted'; readonly agent: AgentId };
