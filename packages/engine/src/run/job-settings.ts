import {
  fold,
  isRuntime,
  type DemandPlan,
  type Millis,
  type PoolId,
  type PoolPlan,
  type Value,
} from '@signalbox/model';
import { expandMacros } from '@signalbox/expressions';
import type { Demand } from '../pool/rows.ts';
import type { JobView, PlanView, StageView } from './plan-view.ts';
import { jobScope, jobSurroundings } from './values/scopes.ts';
import type { InstanceKey, RunState } from './state.ts';
import { ownValue } from './turn.ts';
import { evaluateRuntime, type Around, type Scope } from './values/variables.ts';

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
  return {
    scope,
    timeoutInMinutes: minutesOf(plan.timeoutInMinutes, 'timeoutInMinutes', 60, read),
    cancelTimeoutInMinutes: minutesOf(plan.cancelTimeoutInMinutes, 'cancelTimeoutInMinutes', 5, read),
    continueOnError: flagOf(plan.continueOnError, 'continueOnError', read),
    pool: poolIn(state, pool, read),
    onServer: pool.kind === 'server',
    demands: pool.kind === 'pool' ? pool.demands.map((demand) => demandOf(demand, read)) : [],
    problems,
  };
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

interface Reader {
  readonly scope: Scope;
  readonly around: Around;
  readonly problems: string[];
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

/** Text with macros expanded, or the result of a run-time expression (VAR-9, POOL-5). */
function textOf(value: Value, field: string, { scope, around, problems }: Reader): string {
  const lookup = (name: string): string | undefined => scope.variables.get(fold(name))?.value;
  if (!isRuntime(value)) return expandMacros(value, lookup);
  const result = evaluateRuntime(value.expression, scope, around());
  if (result.kind === 'text') return result.text;
  const why = result.kind === 'problem' ? result.message : 'its value is not known';
  problems.push(`The job's '${field}' cannot be evaluated: $[ ${value.expression} ]: ${why}`);
  return '';
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
