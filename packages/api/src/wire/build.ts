import type { RunReason, RunResult, RunStatus } from '@signalbox/model';
import type { WireTime } from '../views.ts';
import type { IdentityRef, ProjectRef, WireLink } from './common.ts';
import type { WireProperty } from './properties.ts';

/** A definition where it is only named. */
export interface DefinitionReference {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  readonly type: 'build';
  readonly queueStatus: 'enabled' | 'paused' | 'disabled';
  readonly revision: number;
  readonly uri: string;
  readonly url: string;
  readonly project: ProjectRef;
}

/**
 * A definition in full; fields that clients sent and we do not know come back as they were.
 * @additionalProperties true
 */
export interface WireDefinition extends DefinitionReference {
  readonly quality: 'definition';
  readonly createdDate: WireTime;
  readonly process: { readonly type: 2; readonly yamlFilename: string };
  readonly repository: WireRepository;
  readonly queue?: WireQueueReference;
  readonly variables: Readonly<Record<string, WireVariable>>;
  /** Of one that was asked for by its number. */
  readonly tags?: readonly string[];
  readonly latestBuild?: WireBuild;
  readonly latestCompletedBuild?: WireBuild;
}

/**
 * Where a definition's files are; `url` may be a path on the server's machine. What clients sent besides comes back.
 * @additionalProperties true
 */
export interface WireRepository {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly url?: string;
  readonly defaultBranch: string;
}

/** A variable of a definition; a secret's value is never returned. */
export interface WireVariable {
  readonly value: string | null;
  readonly isSecret?: boolean;
  readonly allowOverride?: boolean;
}

/** The queue that a definition uses by default. */
export interface WireQueueReference {
  readonly id: number;
  readonly name: string;
  /** Where queues are listed. */
  readonly projectId?: string;
  readonly pool: {
    readonly id: number;
    readonly name: string;
    readonly isHosted: false;
    /** Where queues are listed. */
    readonly poolType?: 'automation';
  };
}

/** A run, in the words of the Build API. */
export interface WireBuild {
  readonly id: number;
  readonly buildNumber: string;
  readonly status: RunStatus;
  readonly result?: RunResult;
  readonly queueTime: WireTime;
  readonly startTime?: WireTime;
  readonly finishTime?: WireTime;
  /** When the run was queued, began or ended, whichever came last. */
  readonly lastChangedDate: WireTime;
  /** Of jobs that name no pool; absent in what is told outside, and when the definition is gone. */
  readonly queue?: WireQueueReference;
  readonly url: string;
  readonly uri: string;
  readonly definition: DefinitionReference;
  readonly project: ProjectRef;
  readonly sourceBranch: string;
  readonly sourceVersion: string;
  readonly priority: 'normal';
  readonly reason: RunReason;
  readonly requestedFor: IdentityRef;
  readonly requestedBy: IdentityRef;
  readonly triggerInfo?: Readonly<Record<string, string>>;
  readonly parameters?: string;
  /** Values given for the file's `parameters` when it was queued; absent: none. */
  readonly templateParameters?: Readonly<Record<string, string>>;
  readonly orchestrationPlan: { readonly planId: string };
  readonly plans: readonly { readonly planId: string }[];
  readonly logs: { readonly id: number; readonly type: string; readonly url: string };
  readonly repository: { readonly id: string; readonly type: string; readonly name: string };
  readonly tags: readonly string[];
  /** True while a lease keeps it. */
  readonly keepForever: boolean;
  readonly retainedByRelease: false;
  /** Empty unless they were asked for. */
  readonly properties: Readonly<Record<string, WireProperty>>;
  /** Present on a run that was deleted, in lists that ask for those. */
  readonly deleted?: true;
  readonly deletedDate?: WireTime;
  readonly deletedBy?: IdentityRef;
  readonly _links: Readonly<Record<string, WireLink>>;
}

/** A timeline of a run. */
export interface WireTimeline {
  readonly id: string;
  readonly changeId: number;
  readonly url: string;
  readonly records: readonly WireRecord[];
}

/** The types of timeline records that we write (REST.md §3.3). */
export type RecordType =
  | 'Stage'
  | 'Phase'
  | 'Job'
  | 'Task'
  | 'Checkpoint'
  | 'Checkpoint.Approval'
  | 'Checkpoint.Authorization'
  | 'Checkpoint.TaskCheck'
  | 'Checkpoint.ExclusiveLock';

/** One record of a timeline. */
export interface WireRecord {
  readonly id: string;
  readonly parentId: string | null;
  /** A `RecordType`, or what a step said of a record that it made (LOG-12). */
  readonly type: string;
  readonly name: string;
  readonly identifier: string;
  readonly refName: string;
  readonly state: 'pending' | 'inProgress' | 'completed';
  readonly result: string | null;
  readonly startTime: WireTime | null;
  readonly finishTime: WireTime | null;
  readonly order: number;
  readonly attempt: number;
  /** The attempts before this one, oldest first; each is in a timeline of its own (RETRY-8). */
  readonly previousAttempts: readonly WirePreviousAttempt[];
  readonly percentComplete: number | null;
  readonly currentOperation: string | null;
  readonly workerName: string | null;
  readonly log: { readonly id: number; readonly type: 'Container'; readonly url: string } | null;
  readonly errorCount: number;
  readonly warningCount: number;
  readonly issues: readonly WireIssue[];
  readonly changeId: number;
}

/** An attempt before the latest: its record, and the timeline that has it. */
export interface WirePreviousAttempt {
  readonly attempt: number;
  readonly timelineId: string;
  readonly recordId: string;
}

/** An error or a warning of a record. */
export interface WireIssue {
  readonly type: 'error' | 'warning';
  readonly message: string;
  readonly category?: 'General' | 'Code';
  /** `sourcepath`, `linenumber`, `columnnumber` and `code`, as far as the step told them (LOG-10). */
  readonly data?: Readonly<Record<string, string>>;
}

/** A log without its lines. */
export interface WireLog {
  readonly id: number;
  readonly type: 'Container';
  readonly url: string;
  readonly lineCount: number;
  readonly createdOn: WireTime;
  readonly lastChangedOn: WireTime;
}
