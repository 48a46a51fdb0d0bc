/** Patterns: include first, then exclude removes; an empty `include` means everything (TRIG-3, TRIG-4). */
export interface Filter {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** What starts runs of a pipeline by itself (section 1.13). */
export interface TriggersPlan {
  /** Absent: no `trigger` key, which means every branch unless a setting forbids it (TRIG-2). */
  readonly push?: PushTrigger;
  /** Absent: no `pr` key, which means every target branch (TRIG-20). */
  readonly pullRequest?: PullRequestTrigger;
  readonly schedules: readonly SchedulePlan[];
}

/** Which pushes start a run; `none` never (TRIG-1). An absent filter does not filter (TRIG-3). */
export type PushTrigger =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'on';
      /** True: one run at a time per branch (TRIG-9). */
      readonly batch: boolean;
      readonly branches?: Filter;
      readonly paths?: Filter;
      readonly tags?: Filter;
    };

/** Which pull requests start a run, by their target; `none` never (TRIG-20). */
export type PullRequestTrigger =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'on';
      /** A new push cancels unfinished runs of the same pull request (TRIG-22). */
      readonly autoCancel: boolean;
      readonly drafts: boolean;
      readonly branches?: Filter;
      readonly paths?: Filter;
    };

/** A time table (TRIG-30, TRIG-31). */
export interface SchedulePlan {
  /** Five fields, UTC. */
  readonly cron: string;
  readonly displayName?: string;
  readonly branches?: Filter;
  /** Not while another scheduled run is in progress. */
  readonly batch: boolean;
  /** Also when nothing has changed. */
  readonly always: boolean;
}
