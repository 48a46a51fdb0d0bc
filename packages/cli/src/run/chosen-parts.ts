import { fold, type Plan } from '@signalbox/model';
import { EXIT, CliError } from '../exit-codes.ts';
import type { RunOptions } from './run-options.ts';

/** What a run leaves out; what depends on that runs as if it were not there (STG-6). */
export interface PartsToSkip {
  readonly stagesToSkip: readonly string[];
  /** `Stage.Job`. */
  readonly jobsToSkip?: readonly string[];
}

/**
 * Leaves out everything but the stages and jobs that were chosen; a job alone chooses its stage as well. Nothing chosen:
 * all run. A name that the file has not is a mistake on the command line.
 */
export function partsToSkip(plan: Plan, { stage, job }: Pick<RunOptions, 'stage' | 'job'>): PartsToSkip {
  const stages = plan.stages.filter(({ name }) => stage === undefined || isAmong(stage, [name]));
  requireKnown(
    'stage',
    stage ?? [],
    plan.stages.map(({ name }) => [name]),
  );
  const names = stages.map(({ name, jobs }) => ({
    name,
    jobs: jobs.map((one) => ({
      full: `${name}.${one.name}`,
      chosen: job === undefined || isAmong(job, [one.name, `${name}.${one.name}`]),
    })),
  }));
  requireKnown(
    'job',
    job ?? [],
    stages.flatMap(({ name, jobs }) => jobs.map((one) => [one.name, `${name}.${one.name}`])),
  );
  const run = names.filter(({ jobs }) => jobs.some(({ chosen }) => chosen));
  const stagesToSkip = plan.stages
    .map(({ name }) => name)
    .filter((name) => run.every((one) => one.name !== name));
  const left = run.flatMap(({ jobs }) => jobs.filter(({ chosen }) => !chosen).map(({ full }) => full));
  return { stagesToSkip, ...(left.length > 0 && { jobsToSkip: left }) };
}

function isAmong(chosen: readonly string[], names: readonly string[]): boolean {
  return chosen.some((one) => names.some((name) => fold(name) === fold(one)));
}

function requireKnown(what: string, chosen: readonly string[], known: readonly (readonly string[])[]): void {
  const unknown = chosen.find((one) => !known.some((names) => isAmong([one], names)));
  if (unknown === undefined) return;
  const names = known.map((one) => one.at(-1)).join(', ');
  throw new CliError(EXIT.usage, `There is no ${what} ${unknown}. There are: ${names}.`);
}
