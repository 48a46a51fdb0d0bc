/** What is known of a run when its pipeline is compiled. Everything is optional: a file can be checked without a run. */
export interface RunFacts {
  /** `Manual`, `IndividualCI`, `Schedule`, `PullRequest`, … */
  readonly reason?: string;
  readonly definitionName?: string;
  readonly definitionId?: string;
  readonly definitionVersion?: string;
  /** The full ref, for example `refs/heads/main`. */
  readonly sourceBranch?: string;
  /** The commit. */
  readonly sourceVersion?: string;
  readonly queuedBy?: string;
  readonly queuedById?: string;
  readonly requestedFor?: string;
  readonly requestedForId?: string;
  readonly requestedForEmail?: string;
  readonly repositoryId?: string;
  readonly repositoryName?: string;
  readonly repositoryUri?: string;
  readonly collectionId?: string;
  readonly collectionUri?: string;
  readonly teamProject?: string;
  readonly teamProjectId?: string;
  /** The schedule that fired. */
  readonly cronScheduleDisplayName?: string;
  /** `True` or `False`, for runs of pull requests. */
  readonly pullRequestIsFork?: string;
}

/** Which variables each fact becomes (PVAR-1, column T). */
const NAMES: Readonly<Record<keyof RunFacts, readonly string[]>> = {
  reason: ['Build.Reason'],
  definitionName: ['Build.DefinitionName'],
  definitionId: ['System.DefinitionId'],
  definitionVersion: ['Build.DefinitionVersion'],
  sourceBranch: ['Build.SourceBranch'],
  sourceVersion: ['Build.SourceVersion'],
  queuedBy: ['Build.QueuedBy'],
  queuedById: ['Build.QueuedById'],
  requestedFor: ['Build.RequestedFor'],
  requestedForId: ['Build.RequestedForId'],
  requestedForEmail: ['Build.RequestedForEmail'],
  repositoryId: ['Build.Repository.ID'],
  repositoryName: ['Build.Repository.Name'],
  repositoryUri: ['Build.Repository.Uri'],
  collectionId: ['System.CollectionId'],
  collectionUri: ['System.CollectionUri', 'System.TeamFoundationCollectionUri'],
  teamProject: ['System.TeamProject'],
  teamProjectId: ['System.TeamProjectId'],
  cronScheduleDisplayName: ['Build.CronSchedule.DisplayName'],
  pullRequestIsFork: ['System.PullRequest.IsFork'],
};

/** The predefined variables that `${{ }}` can read (REC-90). */
export function predefinedVariables(facts: RunFacts): readonly (readonly [string, string])[] {
  const known: (readonly [string, string])[] = [['System.HostType', 'build']];
  for (const [fact, names] of Object.entries(NAMES)) {
    const text = facts[fact as keyof RunFacts];
    if (text !== undefined) for (const name of names) known.push([name, text]);
  }
  const { sourceBranch } = facts;
  if (sourceBranch !== undefined) known.push(['Build.SourceBranchName', lastSegment(sourceBranch)]);
  return known;
}

/** The last part of a ref: of a pull request it is `merge` (PVAR-3). */
function lastSegment(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}
