import { fold, isRuntime } from '@signalbox/model';
import type { JobPlan, Plan, StagePlan } from '@signalbox/model';

/** A stage or a job in a drawing. */
export interface GraphNode {
  /** As the file names it; unique among its siblings. */
  readonly name: string;
  /** What people read; the name where there is nothing better. */
  readonly title: string;
  /** What is worth knowing at a glance: manual, locks, environments, how many jobs. */
  readonly notes: readonly string[];
  /** Positions of the nodes that it waits for, in the list that it stands in. */
  readonly after: readonly number[];
  /** The jobs of a stage; empty where only stages were asked for. */
  readonly inner: readonly GraphNode[];
}

/** The graph of a plan: its stages in the order of the file, with their jobs when asked for. */
export function planGraph({ stages }: Plan, options: { readonly jobs: boolean }): readonly GraphNode[] {
  return stages.map((stage) => ({
    name: stage.name,
    title: titleOf(stage),
    notes: stageNotes(stage, options.jobs),
    after: positions(stage, stages),
    inner: options.jobs ? stage.jobs.map((job) => jobNode(job, stage.jobs)) : [],
  }));
}

/** What stands for the pipeline's lone stage or job without a name (NAME-3). */
function titleOf({ name, displayName }: StagePlan | JobPlan): string {
  return displayName === '' || displayName === '__default' ? name : displayName;
}

function positions(
  { dependsOn }: { readonly dependsOn: readonly string[] },
  siblings: readonly { readonly name: string }[],
): readonly number[] {
  const byName = new Map(siblings.map(({ name }, index) => [fold(name), index]));
  return dependsOn.map((name) => byName.get(fold(name))).filter((index) => index !== undefined);
}

function stageNotes(stage: StagePlan, withJobs: boolean): readonly string[] {
  const notes: string[] = [];
  if (!withJobs) notes.push(`${stage.jobs.length} ${stage.jobs.length === 1 ? 'job' : 'jobs'}`);
  if (stage.manual) notes.push('manual');
  if (stage.lockBehavior !== undefined) notes.push(`lock: ${stage.lockBehavior}`);
  const environments = stage.jobs.flatMap((job) => (job.kind === 'deployment' ? [job.environment.name] : []));
  if (!withJobs) notes.push(...[...new Set(environments)].map((name) => `environment: ${name}`));
  if (stage.condition !== undefined) notes.push(`if ${stage.condition}`);
  return notes;
}

function jobNode(job: JobPlan, siblings: readonly JobPlan[]): GraphNode {
  const { pool } = job;
  const notes: string[] = [];
  if (job.kind === 'deployment') notes.push(`environment: ${job.environment.name}`);
  if (pool.kind === 'server') notes.push('on the server');
  else if (pool.name !== undefined)
    notes.push(`pool: ${isRuntime(pool.name) ? `$[ ${pool.name.expression} ]` : pool.name}`);
  if (job.condition !== undefined) notes.push(`if ${job.condition}`);
  return { name: job.name, title: titleOf(job), notes, after: positions(job, siblings), inner: [] };
}
