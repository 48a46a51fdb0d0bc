import {
  builtInTask,
  fold,
  resolveTask,
  resourceOfInput,
  type Diagnostic,
  type JobPlan,
  type Plan,
  type PoolPlan,
  type StepPlan,
  type TaskInput,
  type TaskPackageReference,
} from '@signalbox/model';
import type { TaskPackageRow } from '@signalbox/store';
import { withTaskDemands } from './task-demands.ts';
import { taskNotInstalled, taskNotUsable } from './task-problems.ts';

/** A plan whose tasks are known to the last digit (RUN-5), or why it has none. */
export type ResolvedTasks =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Looks up the task of every step that an agent runs: built in, or the newest installed package of its version
 * (STEPY-6). The packages are frozen into the plan, and their demands added to those of their jobs (POOL-4). A task that
 * there is not is an error of the file, before anything starts.
 */
export function resolveTasks(plan: Plan, installed: readonly TaskPackageRow[]): ResolvedTasks {
  const search = new TaskSearch(installed);
  const stages = plan.stages.map((stage) => ({
    ...stage,
    jobs: stage.jobs.map((job) => resolveJob(job, search)),
  }));
  const { diagnostics } = search;
  return diagnostics.length > 0 ? { ok: false, diagnostics } : { ok: true, plan: { ...plan, stages } };
}

/** True when a plan has a step whose task is not built in, so that the installed ones have to be read. */
export function needsPackages(plan: Plan): boolean {
  return plan.stages.some(({ jobs }) =>
    jobs.some((job) =>
      partsOf(job).some(({ pool, steps }) => pool.kind === 'pool' && steps.some(isNotBuiltIn)),
    ),
  );
}

function isNotBuiltIn({ task }: StepPlan): boolean {
  return builtInTask(task) === undefined;
}

function partsOf(job: JobPlan): readonly Part[] {
  return job.kind === 'job' ? [job] : job.hooks;
}

/** The steps of a job, or of one of its hooks, with the pool that runs them. */
interface Part {
  readonly pool: PoolPlan;
  readonly steps: readonly StepPlan[];
}

function resolveJob(job: JobPlan, search: TaskSearch): JobPlan {
  const inContainer = job.container !== undefined;
  return job.kind === 'job'
    ? resolvePart(job, search, inContainer)
    : { ...job, hooks: job.hooks.map((hook) => resolvePart(hook, search, inContainer)) };
}

function resolvePart<T extends Part>(part: T, search: TaskSearch, inContainer: boolean): T {
  const { pool, steps } = part;
  if (pool.kind === 'server') return part;
  const found = steps.map((step) => search.find(step));
  const demands = inContainer ? [] : found.flatMap((one) => one.row?.manifest.demands ?? []);
  return { ...part, steps: found.map(({ step }) => step), pool: withTaskDemands(pool, demands) };
}

/** A step with what its task was found to be. */
interface FoundTask {
  readonly step: StepPlan;
  readonly row?: TaskPackageRow;
}

class TaskSearch {
  readonly diagnostics: Diagnostic[] = [];
  readonly #rows: readonly (TaskPackageRow & { id: number })[];
  readonly #identities: readonly { readonly id: string; readonly name: string; readonly version: string }[];

  constructor(rows: readonly TaskPackageRow[]) {
    this.#rows = rows;
    this.#identities = rows.map(({ manifest: { id, name, version } }) => ({ id, name, version }));
  }

  find(step: StepPlan): FoundTask {
    if (builtInTask(step.task) !== undefined) return { step };
    const known = resolveTask(step.task, this.#identities);
    const row = known && this.#rows[this.#identities.indexOf(known)];
    const problem =
      row === undefined ? taskNotInstalled(step, this.#identities) : taskNotUsable(step, row.manifest);
    if (problem !== undefined) this.diagnostics.push(problem);
    return row === undefined || problem !== undefined ? { step } : { step: frozen(step, row), row };
  }
}

function frozen(step: StepPlan, { manifest, sha256, size }: TaskPackageRow): StepPlan {
  const resources = resourcesOf(manifest.inputs);
  const reference: TaskPackageReference = {
    id: manifest.id,
    sha256,
    size,
    ...(Object.keys(resources).length > 0 && { resources }),
  };
  return { ...step, task: { name: manifest.name, version: manifest.version, package: reference } };
}

function resourcesOf(inputs: readonly TaskInput[]): NonNullable<TaskPackageReference['resources']> {
  return Object.fromEntries(
    inputs.flatMap((input) => {
      const type = resourceOfInput(input);
      return type === undefined
        ? []
        : [input.name, ...input.aliases].map((name) => [fold(name), type] as const);
    }),
  );
}
