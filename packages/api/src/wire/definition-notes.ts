import type { WireTime } from '../views.ts';
import type { IdentityRef } from './common.ts';

/** One revision of a definition. */
export interface WireRevision {
  readonly revision: number;
  readonly name: string;
  readonly changeType: 'add' | 'update';
  readonly changedBy: IdentityRef;
  readonly changedDate: WireTime;
  readonly definitionUrl: string;
}

/** A number that is counted for a definition. */
export interface WireMetric {
  readonly name: 'TotalBuilds' | 'CurrentBuildsInQueue' | 'CurrentBuildsInProgress';
  readonly scope: string;
  readonly intValue: number;
}

/** Tags that come to a run or a definition, and tags that go. */
export interface TagChange {
  readonly tagsToAdd?: readonly string[];
  readonly tagsToRemove?: readonly string[];
}
