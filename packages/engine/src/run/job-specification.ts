import { fold, type Instant, type Plan, type StepPlan } from '@signalbox/model';
import { expandMacros } from '@signalbox/expressions';
import { impliedDownloads } from './implied-downloads.ts';
import { otherRepositories, type FetchedRepository } from './checked-out.ts';
import type { JobContainers } from './job-containers.ts';
import { jobSettings, stepsOf } from './job-settings.ts';
import { expandedVariables } from './values/expanded.ts';
import { lockTokenVariables } from './values/lock-tokens.ts';
import { viewPlan } from './plan-view.ts';
import { isShielded } from './protect.ts';
import { instanceDisplayName } from './instance-part.ts';
import type { InstanceKey, RunState, StageState } from './state.ts';
import { legOf, placeOf } from './turn.ts';
import { withVariables, type Variable } from './values/variables.ts';

/** A step as its agent gets it: its texts may still hold macros, expanded when it starts (VAR-1). */
export type SpecifiedStep = Omit<StepPlan, 'source'>;

/**
 * Everything an agent needs to run one instance (AGENT-7), plain JSON, made of the frozen plan and the run's
 * state alone (RUN-5). The server adds what only it knows: where the repository is, its own address, tokens.
 */
export interface JobSpecification extends JobContainers {
  readonly run: number;
  readonly runNumber: string;
  readonly project: string;
  readonly definition: { readonly id: number; readonly name: string };
  readonly stage: string;
  readonly stageAttempt: number;
  readonly job: string;
  readonly jobAttempt: number;
  readonly hook?: string;
  /** The leg, the slice `Job<n>`, or the machine of the environment; absent: none. */
  readonly leg?: string;
  readonly displayName: string;
  /** Root, stage, job: the innermost wins (VARD-3); values as far as the server can expand them. */
  readonly variables: readonly Variable[];
  readonly steps: readonly SpecifiedStep[];
  /** Minutes; 0 means unlimited. */
  readonly timeoutInMinutes: number;
  readonly cancelTimeoutInMinutes: number;
  /** A lock protects its stage: the agent does not end the job when its lease runs out (Q6, RELIABILITY §5.4). */
  readonly protected?: true;
  readonly clean?: 'outputs' | 'resources' | 'all';
  /** What `checkout: self` fetches; absent when the run has no commit. */
  readonly repository?: FetchedRepository;
  /** The other repositories that its steps check out; absent: none. */
  readonly repositories?: readonly FetchedRepository[];
  /** The environment that a deployment job deploys to. */
  readonly environment?: string;
  /** When an agent that starts now is stopped by the server; absent when there is no time-out. */
  readonly latestEnd?: Instant;
}

/** What the agent of an instance is to do; undefined when the instance does not exist or is over. */
export function jobSpecification(
  state: RunState,
  plan: Plan,
  instance: InstanceKey,
  now: Instant,
): JobSpecification | undefined {
  const view = viewPlan(plan);
  const place = placeOf(state, instance);
  const stage = view.stages.get(fold(instance.stage));
  const job = stage?.jobs.get(fold(instance.job));
  if (place === undefined || stage === undefined || job === undefined) return undefined;
  if (place.instance.phase === 'completed') return undefined;
  const { key } = place;
  const settings = jobSettings(state, view, key, { stage, job });
  const tokens = place.stage.phase === 'running' ? place.stage.tokens : [];
  const variables = expandedVariables(
    withVariables(settings.scope, [...inStep(state), ...lockTokenVariables(tokens)]),
  );
  const { timeoutInMinutes, cancelTimeoutInMinutes } = settings;
  const self = repositoryOf(state, plan);
  const { plan: planned } = job;
  const steps = stepsOf(planned, key);
  const others = otherRepositories(steps, plan);
  return {
    run: state.id,
    runNumber: state.number,
    project: state.projectName,
    definition: state.definition,
    ...key,
    displayName: instanceDisplayName(
      expandMacros(planned.displayName, (name) => find(variables, name)),
      legOf(state, key),
    ),
    variables,
    steps: [...impliedDownloads(steps, key, plan), ...steps.map(withoutSource)],
    timeoutInMinutes,
    cancelTimeoutInMinutes,
    ...shieldIn(place.stage),
    ...(planned.clean === undefined ? {} : { clean: planned.clean }),
    ...(self === undefined ? {} : { repository: self }),
    ...(others.length === 0 ? {} : { repositories: others }),
    ...settings.containers,
    ...(planned.kind === 'deployment' ? { environment: planned.environment.name } : {}),
    ...(timeoutInMinutes === 0 ? {} : { latestEnd: now + timeoutInMinutes * 60_000 }),
  };
}

function shieldIn(stage: StageState): Pick<JobSpecification, 'protected'> {
  return isShielded(stage) ? { protected: true } : {};
}

/** Known inside steps only (PVAR-1): the first line of the commit's message, at most 200 characters. */
function inStep({ commitMessage }: RunState): readonly Variable[] {
  if (commitMessage === undefined) return [];
  const value = (commitMessage.split('\n', 1)[0] ?? '').slice(0, 200);
  return [{ name: 'Build.SourceVersionMessage', value, secret: false, readonly: true }];
}

function find(variables: readonly Variable[], name: string): string | undefined {
  const key = fold(name);
  return variables.find((one) => !one.secret && fold(one.name) === key)?.value;
}

function withoutSource(step: StepPlan): SpecifiedStep {
  const { name, displayName, task, inputs, env, condition, continueOnError } = step;
  const { timeoutInMinutes, retryCountOnTaskFailure, target } = step;
  const limits = { continueOnError, timeoutInMinutes, retryCountOnTaskFailure };
  return {
    name,
    displayName,
    task,
    inputs,
    env,
    ...(condition === undefined ? {} : { condition }),
    ...limits,
    ...(target === undefined ? {} : { target }),
  };
}

function repositoryOf({ branch, commit }: RunState, { repositories }: Plan): JobSpecification['repository'] {
  const self = repositories.find((one) => fold(one.alias) === 'self');
  return commit === '' ? undefined : { alias: 'self', name: self?.name ?? '', ref: branch, commit };
}
