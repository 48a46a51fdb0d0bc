import type { JobStrategy, PlainJobPlan, PoolPlan, UsesPlan } from '@signalbox/model';
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
import { jobStrategyKey } from './job-strategy.ts';
import { STEPS } from '../shape.ts';
import { DEFAULT_CANCEL_TIMEOUT, DEFAULT_JOB_TIMEOUT } from './timeouts.ts';
import { given, nodeKey, textKey } from '../values.ts';

const keys = {
  job: textKey('The name of the job.'),
  ...jobKeys,
  strategy: jobStrategyKey,
  steps: nodeKey('What the job does, in order.', { shape: STEPS }),
};

/** The keys of a plain job (YAML-30). */
export const plainJobKeys: KeyTable = keys;

/** What both kinds of job make of their common keys, defaults filled in (YAML-32). */
export type JobBasis = Omit<PlainJobPlan, 'kind' | 'strategy' | 'steps'>;

/** Reads an item of `jobs` that begins with `job`. */
export function readPlainJob(item: MappingNode, inherited: PoolPlan, scope: Scope): JobDraft {
  const fields = readFields(item, keys, 'a job', scope) ?? {};
  const name = nameNode(item, 'job', scope);
  const pool = fields.pool ?? inherited;
  const steps = readSteps(fields.steps, { pool, checkout: true, at: item.at }, scope);
  return {
    name,
    dependsOn: fields.dependsOn ?? [],
    finish: (final, dependsOn) => ({
      kind: 'job',
      ...jobBasis(fields, { name: final, given: givenName(name), dependsOn, at: item.at }),
      pool: poolFor(pool, steps),
      ...given({ strategy: fields.strategy }),
      steps,
    }),
  };
}

/** What a pipeline with `steps` at its root says of its only job (YAML-6). */
export type ImpliedFields = Fields<
  Pick<
    JobKeys,
    'continueOnError' | 'container' | 'services' | 'workspace' | 'timeoutInMinutes' | 'cancelTimeoutInMinutes'
  >
> & {
  readonly strategy?: JobStrategy;
};

/** The job that a pipeline with `steps` at its root implies (YAML-5, NAME-3). */
export function implicitJob(
  fields: ImpliedFields,
  pool: PoolPlan,
  steps: PlainJobPlan['steps'],
  at: Span,
): PlainJobPlan {
  const { strategy, ...basis } = fields;
  const place = { name: DEFAULT_NAME, given: undefined, dependsOn: [], at };
  return {
    kind: 'job',
    ...jobBasis(basis, place),
    pool: poolFor(pool, steps),
    ...given({ strategy }),
    steps,
  };
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
    ...given({
      clean: fields.workspace,
      container: fields.container,
      services: fields.services,
      uses: usedBeside(fields.uses),
    }),
    source: rangeOf(place.at),
  };
}

/** Nothing declared is the same as no `uses`. */
function usedBeside(uses: UsesPlan | undefined): UsesPlan | undefined {
  return uses === undefined || uses.repositories.length + uses.pools.length === 0 ? undefined : uses;
}
