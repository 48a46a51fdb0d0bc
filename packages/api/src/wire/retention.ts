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

/** What can be changed of it; absent: stays. Days are 1 to 36500. */
export interface RetentionChange {
  readonly runRetention?: { readonly value: number };
  readonly pullRequestRunRetention?: { readonly value: number };
  /** 0 to 50. */
  readonly retainRunsPerProtectedBranch?: { readonly value: number };
}
