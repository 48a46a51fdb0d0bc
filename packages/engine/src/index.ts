export * from './aggregate.ts';
export * from './audit/replay.ts';
export * from './check/approval-row.ts';
export * from './check/approval-state.ts';
export * from './check/check-run.ts';
export { checkSentence, isAwaited } from './check/check-text.ts';
export { validityOf, type Checkpoint, type Validity } from './check/checkpoint.ts';
export type { AuthorizationProgress } from './check/authorization.ts';
export type { InvokeProgress } from './check/invoke.ts';
export type { CheckAnswer, CheckFacts, CheckOperation } from './check/kind.ts';
export { fits, type Person } from './check/person.ts';
export * from './forecast/forecast.ts';
export * from './forecast/forecast-error.ts';
export { quantile, type HoldsOf, type StageHolds, type StageName } from './forecast/holds.ts';
export type { Fate } from './forecast/run-forward.ts';
export { chainFrom, findCircle, type Chain, type WaitGraph } from './forecast/wait-graph.ts';
export { requestNode, waitsOf, type WaitFacts, type WaitNode, type Waits } from './forecast/waits.ts';
export {
  whatIf,
  type Moment,
  type QueueChange,
  type RequestChange,
  type WhatIf,
} from './forecast/what-if.ts';
export { tellCaller, watchCaller } from './interlocking/caller-news.ts';
export * from './interlocking/events.ts';
export * from './interlocking/evolve.ts';
export * from './interlocking/fold.ts';
export * from './interlocking/interlocking.ts';
export * from './interlocking/messages.ts';
export * from './interlocking/needs.ts';
export * from './interlocking/rows.ts';
export * from './interlocking/slice/sorted.ts';
export * from './outcome.ts';
export * from './pool/events.ts';
export * from './pool/evolve.ts';
export * from './pool/lease.ts';
export * from './pool/messages.ts';
export * from './pool/pool.ts';
export * from './pool/rows.ts';
export { waitText } from './pool/wait-text.ts';
export * from './pool/waits.ts';
export * from './refusals.ts';
export { inlineRepositories, repositoryOfCheckout, type FetchedRepository } from './run/checked-out.ts';
export { waitsForPermission } from './run/check-resources.ts';
export { possibleOperations } from './run/operate-check.ts';
export * from './run/events.ts';
export * from './run/evolve.ts';
export {
  instanceDisplayName,
  jobPath,
  legOfJob,
  legsLeft,
  partName,
  partOf,
  phaseName,
} from './run/instance-part.ts';
export * from './run/job-specification.ts';
export * from './run/messages.ts';
export * from './run/not-runnable.ts';
export { earlierAttempts } from './run/retry/evolve-retry.ts';
export type { Machine } from './run/choose-machines.ts';
export { AGENT_NAME } from './run/job-settings.ts';
export { stageActs } from './run/retry/stage-acts.ts';
export { pendingCancelOf, shieldOf, type PendingCancel } from './run/protect.ts';
export * from './run/run.ts';
export * from './run/state.ts';
export { checkVariables } from './run/values/check-variables.ts';
export type { Variable } from './run/values/variables.ts';
export { findServerTask } from './server-task/server-tasks.ts';
export * from './trigger/events.ts';
export * from './trigger/evolve.ts';
export type { RunCause } from './trigger/cause.ts';
export { completionKey, takesCompletion, type SourceRun } from './trigger/match/completion.ts';
export { judgePullRequest } from './trigger/match/pull-request.ts';
export { judgePush, type PushVerdict } from './trigger/match/push.ts';
export { takesBranch } from './trigger/match/ref-filter.ts';
export { scheduleHindrance } from './trigger/match/schedule.ts';
export * from './trigger/messages.ts';
export * from './trigger/rows.ts';
export * from './trigger/trigger.ts';
