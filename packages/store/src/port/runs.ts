import type { RunState } from '@signalbox/engine';
import type {
  DefinitionId,
  Instant,
  Plan,
  ProjectId,
  RunId,
  RunReason,
  RunResult,
  RunStatus,
} from '@signalbox/model';
import type { Page, PageOptions } from './page.ts';

/**
 * The order of a list of runs. Runs that have not started (not finished) count as the newest when the order
 * is by start (finish). Ties are broken by id.
 */
export type RunOrder =
  | 'queueTimeAscending'
  | 'queueTimeDescending'
  | 'startTimeAscending'
  | 'startTimeDescending'
  | 'finishTimeAscending'
  | 'finishTimeDescending';

/** Which runs; absent: no restriction. */
export interface RunFilter extends PageOptions {
  readonly definitions?: readonly DefinitionId[];
  readonly statuses?: readonly RunStatus[];
  readonly results?: readonly RunResult[];
  readonly reasons?: readonly RunReason[];
  /** Full ref. */
  readonly branch?: string;
  /** Letter case aside. */
  readonly requestedFor?: string;
  /** Exact, or a beginning followed by `*`; letter case aside. */
  readonly number?: string;
  /** All of them. */
  readonly tags?: readonly string[];
  readonly ids?: readonly RunId[];
  /** Both inclusive, compared with the time of the order; runs without that time are left out. */
  readonly minTime?: Instant;
  readonly maxTime?: Instant;
  /** Then `after` is not allowed and there is no `next`. */
  readonly maxPerDefinition?: number;
  /** Default: queueTimeDescending. */
  readonly order?: RunOrder;
  /** Default: `without` those that were removed. */
  readonly removed?: 'without' | 'with' | 'only';
}

/** That a run was removed. */
export interface RunRemoval {
  readonly at: Instant;
  readonly by: string;
}

/** Runs as they stand. */
export interface Runs {
  get(id: RunId): Promise<RunState | undefined>;
  plan(id: RunId): Promise<Plan | undefined>;
  list(project: ProjectId, filter?: RunFilter): Promise<Page<RunState>>;
  tags(run: RunId): Promise<readonly string[]>;
  /** Adds tags (letter case aside) and answers all of them. */
  addTags(run: RunId, tags: readonly string[]): Promise<readonly string[]>;
  removeTag(run: RunId, tag: string): Promise<readonly string[]>;
  /** The tags of all runs of a project, each once, by name. */
  tagsOfProject(project: ProjectId): Promise<readonly string[]>;
  /** Takes a tag from all runs of a project. */
  forgetTag(project: ProjectId, tag: string): Promise<void>;
  /**
   * Removes a finished run that no lease keeps: its logs, artifacts, attachments, results of tests, coverage and
   * properties are gone, and nothing of it uses contents any more. What it was stays, for histories name it.
   */
  remove(id: RunId, by: string): Promise<'removed' | 'kept' | 'unfinished' | 'absent'>;
  /** Undefined: it was not removed. */
  removal(id: RunId): Promise<RunRemoval | undefined>;
}
