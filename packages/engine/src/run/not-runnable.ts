import { type JobPlan, type Plan, type SourceRange, type StepPlan } from '@signalbox/model';
import { isInline } from './checked-out.ts';
import { whyNoServerTask } from '../server-task/server-tasks.ts';

/** Something that the language has and a run cannot do yet, and where the file asks for it. */
export interface NotRunnable {
  /** The words of the file, for example `strategy: matrix`. */
  readonly feature: string;
  readonly at: SourceRange;
}

/**
 * What of a plan no run can do yet, in the order of the file; empty when everything runs. A run with any of it must
 * not be created: doing without would be another pipeline than the author's.
 */
export function notRunnable(plan: Plan): readonly NotRunnable[] {
  return plan.stages.flatMap((stage) => stage.jobs.flatMap(ofSteps));
}

/** What of the steps; each hook of a deployment has its own pool. */
function ofSteps(job: JobPlan): readonly NotRunnable[] {
  const parts = job.kind === 'job' ? [job] : job.hooks;
  return parts.flatMap(({ pool, steps }) =>
    steps.flatMap((step) => [...ofStep(step), ...(pool.kind === 'server' ? ofServerStep(step) : [])]),
  );
}

function ofServerStep({ task, source }: StepPlan): readonly NotRunnable[] {
  const why = whyNoServerTask(task);
  if (why === undefined) return [];
  return [{ feature: `the task \`${task.name}@${task.version}\` on the server (${why})`, at: source }];
}

/** A repository of another service by its address alone; `git://` names one that the server knows (CO-4). */
function ofStep({ task, inputs, source }: StepPlan): readonly NotRunnable[] {
  const { repository = '' } = inputs;
  if (task.name !== 'Checkout' || !repository.includes('://') || isInline(repository)) return [];
  return [{ feature: '`checkout` of a repository that is not declared', at: source }];
}
