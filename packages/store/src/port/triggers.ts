import type { DefinitionId, Instant, Millis, ProjectId, RunId } from '@signalbox/model';
import type { JsonObject } from './catalogue.ts';

/** What was seen of a repository of a project when somebody last looked. */
export interface WatchedRow {
  readonly project: ProjectId;
  /** Names the address without telling it: addresses may hold passwords. */
  readonly place: string;
  /** Full refs with their commits. */
  readonly refs: Readonly<Record<string, string>>;
  /** The pipelines of the repository that were looked after, with their revisions. */
  readonly definitions: Readonly<Record<string, number>>;
  /** Counts the looks that saw something new. */
  readonly version: number;
}

/** Something that may start a run of one pipeline. */
export interface NewOccasion {
  readonly project: ProjectId;
  readonly definition: DefinitionId;
  /** The same key of the same pipeline is the same occasion, however often it is told. */
  readonly key: string;
  /** Occasions of one lane are looked at one after the other, in their order. */
  readonly lane: string;
  /** What happened, in the words of who told it. */
  readonly body: JsonObject;
}

/** What became of an occasion. */
export interface OccasionOutcome {
  /** `ignored`: it was not meant to start a run; `merged`: a later one stands for it; `failed`: a run was meant to start. */
  readonly result: 'queued' | 'ignored' | 'merged' | 'failed';
  /** One sentence; empty when a run was queued. */
  readonly why: string;
  readonly run?: RunId;
}

/** An occasion as it stands. */
export interface OccasionRow extends NewOccasion {
  readonly id: number;
  readonly attempts: number;
  readonly createdAt: Instant;
  /** When it is looked at again; of one that is over: when it ended. */
  readonly due: Instant;
  /** Absent: it is not over. */
  readonly outcome?: OccasionOutcome;
}

/** A schedule of a branch, and when it comes next. */
export interface ScheduleRow {
  readonly id: number;
  readonly project: ProjectId;
  readonly definition: DefinitionId;
  /** Full ref. */
  readonly branch: string;
  /** As the file says it. */
  readonly plan: JsonObject;
  readonly due: Instant;
}

/** What starts runs by itself: what was seen, what it may start, and when. */
export interface Triggers {
  watched(project: ProjectId, place: string): Promise<WatchedRow | undefined>;
  /**
   * Notes what was seen together with the occasions that it makes. `version` is the one that was read, 0 for none;
   * false when somebody else was first, and then nothing is changed.
   */
  advance(
    step: Omit<WatchedRow, 'version'> & {
      readonly version: number;
      readonly occasions: readonly NewOccasion[];
    },
  ): Promise<boolean>;
  /** Adds occasions, all or none; those that are known already stay as they are. */
  add(occasions: readonly NewOccasion[]): Promise<void>;
  /** The oldest that is due of each lane, for so long; another may take what is not reported by then. */
  take(options: { readonly limit: number; readonly lease: Millis }): Promise<readonly OccasionRow[]>;
  /** Those of a lane that are not over, oldest first. */
  waiting(definition: DefinitionId, lane: string): Promise<readonly OccasionRow[]>;
  /** It is over; what is over stays as it is. */
  report(id: number, outcome: OccasionOutcome): Promise<void>;
  /** It is looked at again later. */
  postpone(id: number, after: Millis): Promise<void>;
  /** When the next occasion is due; undefined when none waits. */
  nextDue(): Promise<Instant | undefined>;
  /** Newest first. */
  list(
    project: ProjectId,
    filter?: { readonly definition?: DefinitionId; readonly limit?: number },
  ): Promise<readonly OccasionRow[]>;
  /** Forgets occasions that ended before; answers how many. */
  prune(options: { readonly endedBefore: Instant; readonly limit: number }): Promise<number>;
  /** By when they come; without a pipeline those of all projects, as many as are due at the given instant. */
  schedules(
    filter: { readonly definition: DefinitionId } | { readonly dueBy: Instant },
  ): Promise<readonly ScheduleRow[]>;
  /** Replaces the schedules of a branch; one whose plan stays keeps its time unless `anew`. */
  setSchedules(
    of: Pick<ScheduleRow, 'project' | 'definition' | 'branch'>,
    schedules: readonly Pick<ScheduleRow, 'plan' | 'due'>[],
    options?: { readonly anew: boolean },
  ): Promise<void>;
  /** Moves a schedule on to its next time together with the occasion; false when somebody else was first. */
  fire(
    schedule: Pick<ScheduleRow, 'id' | 'due'>,
    step: { readonly next: Instant | undefined; readonly occasion: NewOccasion },
  ): Promise<boolean>;
  /** When the next schedule comes; undefined when there is none. */
  nextSchedule(): Promise<Instant | undefined>;
  /** Forgets everything of a pipeline. */
  forget(definition: DefinitionId): Promise<void>;
}
