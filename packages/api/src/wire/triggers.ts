import type { DefinitionId, RunId } from '@signalbox/model';
import type { WireTime } from '../views.ts';

/** Something that may have started a run. */
export interface OccasionView {
  readonly id: number;
  readonly kind: 'push' | 'branchDeleted' | 'pipelineChanged' | 'pullRequest' | 'schedule' | 'completion';
  /** In a few words: `push of 1a2b3c4d to main`. */
  readonly what: string;
  readonly at: WireTime;
  /** `failed`: a run was meant to start, and `why` says why there is none. */
  readonly result: 'waiting' | 'queued' | 'ignored' | 'merged' | 'failed';
  /** One sentence; empty when a run was queued. */
  readonly why: string;
  readonly run?: RunId;
}

/** What starts runs of a pipeline by itself. */
export interface TriggerView {
  readonly pipeline: { readonly id: DefinitionId; readonly name: string };
  readonly queueStatus: 'enabled' | 'paused' | 'disabled';
  /** False: only people start it. */
  readonly automatic: boolean;
  /** The zone in which its schedules are meant. */
  readonly timeZone: string;
  /** Whether pull requests are looked for in the repository, besides those that a hook tells of. */
  readonly pollPullRequests: boolean;
  readonly repository: {
    readonly url: string;
    /** Absent: this server has not looked yet. */
    readonly lookedAt?: WireTime;
    /** Why it could not be read. */
    readonly problem?: string;
  };
  readonly schedules: readonly {
    readonly branch: string;
    readonly cron: string;
    readonly displayName?: string;
    readonly next: WireTime;
  }[];
  /** The newest push, pull request, schedule or run that it heard of; absent: none. */
  readonly last?: OccasionView;
}

/** What can be changed of a pipeline's triggers; absent: stays. */
export interface TriggerChange {
  readonly automatic?: boolean;
  readonly timeZone?: string;
  readonly pollPullRequests?: boolean;
}

/** An address that a repository's server calls when something was pushed. */
export interface PushHookView {
  readonly id: string;
  readonly repository: string;
  /** Where to send: POST, signed with the secret. */
  readonly url: string;
  /** Shown in the answer that makes it, and never again. */
  readonly secret?: string;
}

/** Whether a file without `trigger` runs on every push. */
export interface ImpliedTrigger {
  readonly implied: boolean;
}
