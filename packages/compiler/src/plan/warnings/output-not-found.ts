import type { JobPlan, StepPlan } from '@signalbox/model';
import { didYouMean } from '@signalbox/expressions';
import { fold } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import type { Report } from '../../diagnostics.ts';
import { namedNode } from './ancestors.ts';
import { partsOfExpression, pathUnder } from './expression-parts.ts';
import type { StagePart } from './parts.ts';
import type { Owner, Site } from './sites.ts';

/** An output has the name of its step in its key: no step of that name, no output (CTX-1, CTX-9). */
export function warnOfOutput(site: Site, stages: readonly StagePart[], report: Report): void {
  const { owner } = site;
  if (owner.level === 'pipeline' || owner.level === 'step') return;
  for (const part of partsOfExpression(site.tree)) {
    for (const read of readsOf(part, owner, stages)) {
      const { job, key } = read;
      if (job === undefined || namesStep(key, job)) continue;
      const [first = '', ...rest] = key.split('.');
      const named = rest.length === 0 ? '' : didYouMean(first, stepsOf(job).map(nameOf));
      const message = `No step of the job ${quote(job.name)} is named in ${quote(key)}: this is always empty.`;
      report('output-not-found', site.at, message, named === '' ? undefined : named);
    }
  }
}

/** Which output of which job is read. */
interface Read {
  readonly job: JobPlan | undefined;
  readonly key: string;
}

function readsOf(
  part: Parameters<typeof pathUnder>[0],
  { job, stage }: Exclude<Owner, { level: 'pipeline' }>,
  stages: readonly StagePart[],
): readonly Read[] {
  const own = pathUnder(part, 'dependencies');
  if (own !== undefined && job !== undefined) return readOf(own, stage.plan.jobs);
  const path = own ?? pathUnder(part, 'stageDependencies');
  const [first, ...rest] = path ?? [];
  const producer =
    first === undefined
      ? undefined
      : namedNode(
          stages.map(({ plan }) => plan),
          first,
        );
  if (producer === undefined) return [];
  const [second, key] = rest;
  if (second !== 'outputs') return readOf(rest, producer.jobs);
  // The key of a whole stage begins with the job.
  const [name = ''] = key?.split('.') ?? [];
  return key === undefined ? [] : readOf([name, 'outputs', key.slice(name.length + 1)], producer.jobs);
}

function readOf([name, outputs, key]: readonly string[], jobs: readonly JobPlan[]): readonly Read[] {
  if (name === undefined || outputs !== 'outputs' || key === undefined) return [];
  return [{ job: namedNode(jobs, name), key }];
}

/** Legs, hooks and resources stand before the step, and the name of a variable may have dots. */
function namesStep(key: string, job: JobPlan): boolean {
  const names = new Set(stepsOf(job).map(({ name }) => fold(name)));
  return key
    .split('.')
    .slice(0, -1)
    .some((segment) => names.has(fold(segment)));
}

function stepsOf(job: JobPlan): readonly StepPlan[] {
  return job.kind === 'job' ? job.steps : job.hooks.flatMap(({ steps }) => steps);
}

function nameOf({ name }: StepPlan): string {
  return name;
}
