import {
  fold,
  type DemandPlan,
  type JobPlan,
  type Millis,
  type PoolId,
  type PoolPlan,
  type StepPlan,
  type Value,
} from '@signalbox/model';
import type { Demand } from '../pool/rows.ts';
import { CONTAINER_CAPABILITY, jobContainers, type JobContainers } from './job-containers.ts';
import type { JobView, PlanView, StageView } from './plan-view.ts';
import { jobScope, jobSurroundings } from './values/scopes.ts';
import type { InstanceKey, RunState } from './state.ts';
import { textOf, type Reader } from './setting-text.ts';
import { legOf, ownValue } from './turn.ts';
import type { Around, Scope } from './values/variables.ts';

/** The capability that holds the name of an agent, folded; the server sets it for machines. */
export const AGENT_NAME = 'agent.name';

/** The fields of a job that are evaluated when it is expanded (YAML-36); frozen inputs give the same again. */
export interface JobSettings {
  readonly scope: Scope;
  /** Minutes; 0 means unlimited (YAML-32). */
  readonly timeoutInMinutes: number;
  readonly cancelTimeoutInMinutes: number;
  readonly continueOnError: boolean;
  readonly pool: { readonly id: PoolId; readonly name: string };
  /** It needs no agent; its pool is 0 (JOB-7). */
  readonly onServer: boolean;
  readonly demands: readonly Demand[];
  /** What its steps run in, and beside (CONT-1 … CONT-3). */
  readonly containers: JobContainers;
  /** Why the job cannot run, one sentence each; then the values above are only defaults. */
  readonly problems: readonly string[];
}

/** Evaluates the settings of one instance: its hook may name a pool of its own (DEP-5). */
export function jobSettings(state: RunState, view: PlanView, key: InstanceKey, found: Found): JobSettings {
  const scope = jobScope(state, view, key);
  const problems = [...scope.problems];
  const around: Around = () => jobSurroundings(state, view, found.stage, found.job);
  const read: Reader = { scope, around, problems };
  const { plan } = found.job;
  const pool = poolOf(found.job, key);
  const containers = jobContainers(found.job, stepsOf(plan, key), view, read);
  const own = pool.kind === 'pool' ? pool.demands.map((demand) => demandOf(demand, read)) : [];
  return {
    scope,
    timeoutInMinutes: minutesOf(plan.timeoutInMinutes, 'timeoutInMinutes', 60, read),
    cancelTimeoutInMinutes: minutesOf(plan.cancelTimeoutInMinutes, 'cancelTimeoutInMinutes', 5, read),
    continueOnError: flagOf(plan.continueOnError, 'continueOnError', read),
    ...placed(state, { key, pool, read }),
    onServer: pool.kind === 'server',
    demands:
      pool.kind === 'pool' ? [...machineDemands(state, key), ...own, ...containerDemands(containers)] : [],
    containers,
    problems,
  };
}

/** A machine's own agent does the work, in no pool that the file could name (DEP-12, AGENT-15). */
function placed(
  state: RunState,
  { key, pool, read }: { readonly key: InstanceKey; readonly pool: PoolPlan; readonly read: Reader },
): Pick<JobSettings, 'pool'> {
  const leg = legOf(state, key);
  if (leg?.machine === undefined || pool.kind === 'server') return { pool: poolIn(state, pool, read) };
  return { pool: { id: leg.machine.pool, name: `machine ${leg.name}` } };
}

/** The name of an agent is a capability (AGENT-3), and nobody else in the pool has it (AGENT-15). */
function machineDemands(state: RunState, key: InstanceKey): readonly Demand[] {
  const leg = legOf(state, key);
  return leg?.machine === undefined ? [] : [{ capability: AGENT_NAME, equals: leg.name }];
}

/** An agent without Docker or Podman is not chosen for a job with containers. */
function containerDemands(containers: JobContainers): readonly Demand[] {
  return Object.keys(containers).length === 0 ? [] : [{ capability: fold(CONTAINER_CAPABILITY) }];
}

/** The steps of an instance: those of its job, or of the hook that it is (DEP-5). */
export function stepsOf(plan: JobPlan, { hook }: InstanceKey): readonly StepPlan[] {
  if (plan.kind === 'job') return plan.steps;
  return plan.hooks.find((one) => one.hook === hook)?.steps ?? [];
}

/** How long clean-up may take after a cancel (CANCEL-8). */
export function cancelTimeout({ cancelTimeoutInMinutes }: JobSettings): Millis {
  return cancelTimeoutInMinutes * 60_000;
}

/** A job's place in the plan. */
export interface Found {
  readonly stage: StageView;
  readonly job: JobView;
}

function poolOf({ plan }: JobView, { hook }: InstanceKey): PoolPlan {
  const hooks = plan.kind === 'deployment' ? plan.hooks : [];
  return hooks.find((one) => one.hook === hook)?.pool ?? plan.pool;
}

/** The pool by name; without one the definition's default pool (POOL-2). */
function poolIn(state: RunState, pool: PoolPlan, read: Reader): JobSettings['pool'] {
  if (pool.kind === 'server') return { id: 0, name: 'server' };
  const given = pool.name === undefined ? '' : textOf(pool.name, 'pool', read).trim();
  const name = given === '' ? state.defaultPool : given;
  const id = ownValue(state.pools, name);
  if (id === undefined) read.problems.push(`There is no agent pool '${name}' that this pipeline may use.`);
  return { id: id ?? 0, name };
}

function demandOf({ capability, equals }: DemandPlan, read: Reader): Demand {
  const name = fold(textOf(capability, 'demands', read).trim());
  return equals === undefined
    ? { capability: name }
    : { capability: name, equals: textOf(equals, 'demands', read) };
}

function minutesOf(value: Value | number, field: string, otherwise: number, read: Reader): number {
  if (typeof value === 'number') return value;
  const text = textOf(value, field, read).trim();
  if (text === '') return otherwise;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  read.problems.push(`The job's '${field}' is '${text.slice(0, 60)}', not a number of minutes.`);
  return otherwise;
}

function flagOf(value: Value | boolean, field: string, read: Reader): boolean {
  if (typeof value === 'boolean') return value;
  const text = fold(textOf(value, field, read).trim());
  if (text !== '' && text !== 'true' && text !== 'false') {
    read.problems.push(`The job's '${field}' is '${text.slice(0, 60)}', neither true nor false.`);
  }
  return text === 'true';
}
