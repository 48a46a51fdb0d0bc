import type { TASK_RESULT } from '../enums.ts';
import type { WireTime } from '../views.ts';

/** What a service says of the check that asked it; only `TaskCompleted` decides (HOOK-5). */
export interface PlanEvent {
  readonly name: 'TaskAssigned' | 'TaskStarted' | 'TaskCompleted';
  /** The JobId that came with the request. */
  readonly jobId: string;
  /** The TaskInstanceId that came with the request; needed to decide. */
  readonly taskId?: string;
  /** Needed to decide. */
  readonly result?: keyof typeof TASK_RESULT;
}

/** Lines for the log of a check. */
export interface PlanLines {
  readonly value: readonly string[];
  /** How many; absent: as many as there are. */
  readonly count?: number;
}

/** Records that a service updates; its own only, and nothing of it changes. */
export interface PlanRecords {
  readonly value: readonly { readonly id: string; readonly log?: { readonly id: number } }[];
  readonly count?: number;
}

/** A record and its log. */
export interface WirePlanRecord {
  readonly id: string;
  readonly log: WireTaskLog;
}

/** The log of a check. */
export interface WireTaskLog {
  readonly id: number;
  readonly path: string;
  readonly location: string;
  readonly lineCount: number;
  readonly createdOn: WireTime;
  readonly lastChangedOn: WireTime;
}
