/** A resource that pipelines may use. */
export interface WireAuthorizedResource {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly authorized: boolean;
}

/** How many agents there are, in the words of the service. */
export interface WireResourceUsage {
  readonly distributedTaskAgents: number;
  readonly paidPrivateAgentSlots: number;
  readonly totalUsage: number;
  readonly xamlControllers: number;
}

/** The pipeline settings of a project; most of them cannot be changed here. */
export interface WireGeneralSettings {
  readonly auditEnforceSettableVar: boolean;
  readonly buildsEnabledForForks: boolean;
  readonly disableClassicBuildPipelineCreation: boolean;
  readonly disableClassicPipelineCreation: boolean;
  readonly disableClassicReleasePipelineCreation: boolean;
  /** A file without `trigger` runs on no push. */
  readonly disableImpliedYAMLCiTrigger: boolean;
  readonly disableStageChooser: boolean;
  readonly enableShellTasksArgsSanitizing: boolean;
  readonly enableShellTasksArgsSanitizingAudit: boolean;
  readonly enforceJobAuthScope: boolean;
  readonly enforceJobAuthScopeForForks: boolean;
  readonly enforceJobAuthScopeForReleases: boolean;
  readonly enforceNoAccessToSecretsFromForks: boolean;
  readonly enforceReferencedRepoScopedToken: boolean;
  readonly enforceSettableVar: boolean;
  readonly forkProtectionEnabled: boolean;
  readonly isCommentRequiredForPullRequest: boolean;
  readonly publishPipelineMetadata: boolean;
  readonly requireCommentsForNonTeamMemberAndNonContributors: boolean;
  readonly requireCommentsForNonTeamMembersOnly: boolean;
  /** Pictures of how runs ended are for readers of the project only. */
  readonly statusBadgesArePrivate: boolean;
}

/** Whether a resource may be used. */
export interface ResourceAuthorization {
  readonly type: string;
  readonly id: string | number;
  readonly authorized: boolean;
}
