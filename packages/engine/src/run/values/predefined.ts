import { fold, type HookName, type RunReason } from '@signalbox/model';
import { dateTimeValue, toText } from '@signalbox/expressions';
import type { JobView, StageView } from '../plan-view.ts';
import { instanceDisplayName, jobPath, partName, phaseName } from '../instance-part.ts';
import type { InstanceKey, RunIdentity, RunState, StageState } from '../state.ts';
import { expansionOf, legOf, ownValue } from '../turn.ts';
import type { Variable } from './variables.ts';

const REASON_WORDS: Readonly<Record<RunReason, string>> = {
  manual: 'Manual',
  individualCI: 'IndividualCI',
  batchedCI: 'BatchedCI',
  schedule: 'Schedule',
  pullRequest: 'PullRequest',
  buildCompletion: 'BuildCompletion',
  resourceTrigger: 'ResourceTrigger',
};

/** The predefined variables of a run that the server knows from its birth (PVAR-1). */
export function runVariables(run: RunIdentity): readonly Variable[] {
  return predefined({
    'Build.BuildId': String(run.id),
    'Build.BuildNumber': run.number,
    'Build.BuildUri': `vstfs:///Build/Build/${run.id}`,
    'Build.DefinitionName': run.definition.name,
    'Build.QueuedBy': run.requestedBy,
    'Build.Reason': REASON_WORDS[run.reason],
    'Build.RequestedFor': run.requestedFor,
    'Build.SourceBranch': run.branch,
    'Build.SourceBranchName': lastSegment(run.branch),
    'Build.SourceVersion': run.commit,
    'System.DefinitionId': String(run.definition.id),
    'System.DefinitionName': run.definition.name,
    'System.HostType': 'build',
    'System.PlanId': run.planId,
    'System.TeamProject': run.projectName,
    'System.TimelineId': run.planId,
    ...run.known,
    ...run.cause?.variables,
  });
}

/** What is known once the run has started. */
export function startedVariables({ startTime }: Pick<RunState, 'startTime'>): readonly Variable[] {
  return startTime === undefined
    ? []
    : predefined({ 'System.PipelineStartTime': toText(dateTimeValue(startTime)) ?? '' });
}

/** Who is said to have started a stage that began by itself (MAN-4). */
const NOBODY = 'Signalbox';

/** The predefined variables of a stage attempt. */
export function stageVariables(stage: StageState, view: StageView): readonly Variable[] {
  return predefined({
    'System.StageName': stage.name,
    'System.StageDisplayName': view.plan.displayName,
    'System.StageAttempt': String(stage.attempt),
    'Build.StageRequestedBy': stage.requested?.by ?? NOBODY,
  });
}

/** The predefined variables of a job instance; those of its environment, too, if it deploys (PVAR-1). */
export function jobVariables(state: RunState, key: InstanceKey, { plan }: JobView): readonly Variable[] {
  const part = partName(key);
  const isPlain = part === '__default';
  const displayName = instanceDisplayName(plan.displayName, legOf(state, key));
  const deployment =
    plan.kind === 'deployment'
      ? {
          'Environment.Name': plan.environment.name,
          ...environmentId(state, key, plan.environment.name),
          ...machineVariables(state, key),
          'Strategy.Name': plan.strategy.kind,
          ...(key.hook !== undefined && { 'Strategy.CycleName': cycleOf(key.hook) }),
        }
      : {};
  return predefined({
    'System.PhaseName': phaseName(key.job),
    'System.PhaseDisplayName': plan.displayName,
    'System.PhaseAttempt': String(key.jobAttempt),
    'System.JobName': isPlain ? key.job : part,
    'System.JobDisplayName': displayName,
    'System.JobAttempt': String(key.jobAttempt),
    'System.JobIdentifier': isPlain ? jobPath(key) : `${jobPath(key)}.${part}`,
    ...positionVariables(state, key),
    TF_BUILD: 'True',
    ...deployment,
  });
}

/** Where in the life of a deployment a hook is (DEP-9). */
function cycleOf(hook: HookName): string {
  if (hook === 'preDeploy') return 'PreIteration';
  return hook === 'onSuccess' || hook === 'onFailure' ? 'PostIteration' : 'Iteration';
}

/** Its place among the instances of the job, from 1 (MTX-5). */
function positionVariables(state: RunState, key: InstanceKey): Readonly<Record<string, string>> {
  const { kind, legs = [] } = expansionOf(state, key) ?? {};
  const place = legs.findIndex(({ name }) => name === key.leg);
  return {
    'System.JobPositionInPhase': String(place < 0 ? 1 : place + 1),
    'System.TotalJobsInPhase': String(Math.max(1, legs.length)),
    ...(kind === 'matrix' && { 'System.ParallelExecutionType': 'MultiConfiguration' }),
    ...(kind === 'parallel' && { 'System.ParallelExecutionType': 'MultiMachine' }),
  };
}

/** The machine of an environment on which the instance runs (ENV-8). */
function machineVariables(state: RunState, key: InstanceKey): Readonly<Record<string, string>> {
  const { name, machine } = legOf(state, key) ?? {};
  if (name === undefined || machine === undefined) return {};
  return { 'Environment.ResourceName': name, 'Environment.ResourceId': String(machine.id) };
}

/** The number of the environment, as it was found or made when the run was queued (ENV-8). */
function environmentId(
  { resources }: Pick<RunState, 'resources'>,
  { stage }: InstanceKey,
  name: string,
): Readonly<Record<string, string>> {
  const found = (ownValue(resources, stage) ?? []).find(
    (one) => one.type === 'environment' && fold(one.name) === fold(name),
  );
  return found === undefined ? {} : { 'Environment.Id': found.id };
}

/** The part of a ref after its last slash (PVAR-3). */
export function lastSegment(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}

function predefined(values: Readonly<Record<string, string>>): readonly Variable[] {
  return Object.entries(values).map(([name, value]) => ({ name, value, secret: false, readonly: true }));
}
