import type { PlainJobPlan, PoolPlan } from '@signalbox/model';
import type { MappingNode } from '../../read/node.ts';
import { rangeOf } from '../../read/source-file.ts';
import type { Span } from '../../read/source-file.ts';
import { DEFAULT_NAME, givenName } from '../graph/names.ts';
import { jobKeys } from './job-keys.ts';
import type { JobKeys } from './job-keys.ts';
import { nameNode } from './job-draft.ts';
import type { JobDraft } from './job-draft.ts';
import { readFields } from '../key.ts';
import type { Fields, KeyTable, Scope } from '../key.ts';
import { poolFor } from '../pools/pool-for.ts';
import { readSteps } from '../steps/steps.ts';
import { DEFAULT_CANCEL_TIMEOUT, DEFAULT_JOB_TIMEOUT } from './timeouts.ts';
import { laterKey, nodeKey, textKey } from '../values.ts';

const keys = {
  job: textKey('The name of the job.'),
  ...jobKeys,
  strategy: laterKey('Several instances of the job: `matrix` or `parallel`.'),
  steps: nodeKey('What the job does, in order.'),
};

/** The keys of a plain job (YAML-30). */
export const plainJobKeys: KeyTable = keys;

/** What both kinds of job make of their common keys, defaults filled in (YAML-32). */
export type JobBasis = Omit<PlainJobPlan, 'kind' | 'steps'>;

/** Reads an item of `jobs` that begins with `job`. */
export function readPlainJob(item: MappingNode, inherited: PoolPlan, scope: Scope): JobDraft {
  const fields = readFields(item, keys, 'a job', scope) ?? {};
  const name = nameNode(item, 'job', scope);
  const pool = fields.pool ?? inherited;
  const steps = readSteps(fields.steps, { pool, checkout: true, at: item.at }, scope);
  const given = givenName(name);
  return {
    name,
    dependsOn: fields.dependsOn ?? [],
    finish: (final, dependsOn) => ({
      kind: 'job',
      ...jobBasis(fields, { name: final, given, dependsOn, at: item.at }),
      pool: poolFor(pool, steps),
      steps,
    }),
  };
}

/** The job that a pipeline with `steps` at its root implies (YAML-5, NAME-3). */
export function implicitJob(
  basis: Partial<Pick<JobBasis, 'continueOnError' | 'clean'>>,
  pool: PoolPlan,
  steps: PlainJobPlan['steps'],
  at: Span,
): PlainJobPlan {
  const place = { name: DEFAULT_NAME, given: undefined, dependsOn: [], at };
  return { kind: 'job', ...jobBasis({}, place), ...basis, pool: poolFor(pool, steps), steps };
}

/** A job among its siblings. */
export interface JobPlace {
  readonly name: string;
  readonly given: string | undefined;
  readonly dependsOn: readonly string[];
  readonly at: Span;
}

/** The common part of a job's plan; the pool is the caller's to say. */
export function jobBasis(fields: Fields<JobKeys>, place: JobPlace): Omit<JobBasis, 'pool'> {
  return {
    name: place.name,
    displayName: fields.displayName ?? place.given ?? 'Job',
    dependsOn: place.dependsOn,
    ...(fields.condition === undefined ? {} : { condition: fields.condition }),
    variables: fields.variables ?? [],
    timeoutInMinutes: fields.timeoutInMinutes ?? DEFAULT_JOB_TIMEOUT,
    cancelTimeoutInMinutes: fields.cancelTimeoutInMinutes ?? DEFAULT_CANCEL_TIMEOUT,
    continueOnError: fields.continueOnError ?? false,
    ...(fields.workspace === undefined ? {} : { clean: fields.workspace }),
    source: rangeOf(place.at),
  };
}
