import type { WireTime } from '../views.ts';
import type { IdentityRef, ProjectRef } from './common.ts';

/** A lease that keeps a run. */
export interface WireRunLease {
  readonly leaseId: number;
  readonly ownerId: string;
  readonly definitionId: number;
  readonly runId: number;
  readonly createdOn: WireTime;
  readonly validUntil: WireTime;
  readonly protectPipeline: boolean;
}

/** A number with its bounds. */
export interface WireBounded {
  readonly min: number;
  readonly max: number;
  readonly value: number;
}

/** For how many days what is kept; 36500 is for ever. */
export interface WireRetention {
  readonly purgeArtifacts: WireBounded;
  readonly purgePullRequestRuns: WireBounded;
  readonly purgeRuns: WireBounded;
  /** So many of the newest finished runs of each definition on its default branch stay whatever their age. */
  readonly retainRunsPerProtectedBranch: WireBounded;
}

/** A commit that a run has and the one before had not. */
export interface WireChange {
  readonly id: string;
  readonly message: string;
  readonly type: 'Git';
  readonly author: IdentityRef;
  readonly timestamp: WireTime;
}

/** One revision of a definition. */
export interface WireRevision {
  readonly revision: number;
  readonly name: string;
  readonly changeType: 'add' | 'update';
  readonly changedBy: IdentityRef;
  readonly changedDate: WireTime;
  readonly definitionUrl: string;
}

/** Properties, each with the type that clients of the service expect. */
export interface WireProperties {
  readonly count: number;
  readonly value: Readonly<Record<string, WireProperty>>;
}

/** One property. */
export interface WireProperty {
  readonly $type: 'System.String' | 'System.Int32' | 'System.Double' | 'System.Boolean';
  readonly $value: string | number | boolean;
}

/** A number that is counted for a definition. */
export interface WireMetric {
  readonly name: 'TotalBuilds' | 'CurrentBuildsInQueue' | 'CurrentBuildsInProgress';
  readonly scope: string;
  readonly intValue: number;
}

/** A resource that pipelines may use. */
export interface WireAuthorizedResource {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly authorized: boolean;
}

/** A folder of definitions. */
export interface WireFolder {
  readonly path: string;
  readonly description: string;
  readonly project: ProjectRef;
  /** Absent: nobody made it, a definition names it. */
  readonly createdBy?: IdentityRef;
  readonly createdOn?: WireTime;
  readonly lastChangedBy?: IdentityRef;
  readonly lastChangedDate?: WireTime;
}

/** How many agents there are, in the words of the service. */
export interface WireResourceUsage {
  readonly distributedTaskAgents: number;
  readonly paidPrivateAgentSlots: number;
  readonly totalUsage: number;
  readonly xamlControllers: number;
}
