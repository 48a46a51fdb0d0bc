import { fold, type JobPlan, type Plan, type RepositoryPlan, type StepPlan } from '@signalbox/model';

/** The task that every `checkout` step is (STEPY-3). */
const CHECKOUT = 'checkout';

/** A repository as it is fetched: at the one commit of the run (RSRC-6, CO-5). */
export interface FetchedRepository {
  readonly alias: string;
  readonly name: string;
  readonly ref: string;
  readonly commit: string;
}

/** The declared repository that a step checks out; undefined for `self`, `none` and every other step. */
export function repositoryOfCheckout(
  { task, inputs }: Pick<StepPlan, 'task' | 'inputs'>,
  { repositories }: Plan,
): RepositoryPlan | undefined {
  if (fold(task.name) !== CHECKOUT) return undefined;
  const alias = fold(inputs['repository'] ?? '');
  return alias === 'self' ? undefined : repositories.find((one) => fold(one.alias) === alias);
}

/** The repositories besides `self` that steps check out, each once; those without a commit are left to fail. */
export function otherRepositories(
  steps: readonly Pick<StepPlan, 'task' | 'inputs'>[],
  plan: Plan,
): readonly FetchedRepository[] {
  const found = new Map<string, FetchedRepository>();
  for (const step of steps) {
    const repository = repositoryOfCheckout(step, plan);
    if (repository?.commit === undefined) continue;
    const { alias, name, ref, commit } = repository;
    found.set(fold(alias), { alias, name, ref, commit });
  }
  return [...found.values()];
}

const INLINE = /^git:\/\/([^@]+?)(?:@(.+))?$/i;

/** True for `git://Project/Repository@ref` in a `checkout` (CO-4). */
export function isInline(repository: string): boolean {
  return INLINE.test(repository);
}

/**
 * The repositories that `checkout` steps name in their own words, each once: what stands there is their alias, so
 * that the step finds its repository like a declared one (CO-4).
 */
export function inlineRepositories({ stages, repositories }: Plan): readonly RepositoryPlan[] {
  const known = new Set(repositories.map((one) => fold(one.alias)));
  const found = new Map<string, RepositoryPlan>();
  for (const { task, inputs } of stages.flatMap(({ jobs }) => jobs).flatMap(allSteps)) {
    const alias = inputs['repository'] ?? '';
    const inline = INLINE.exec(alias);
    if (inline === null || fold(task.name) !== CHECKOUT || known.has(fold(alias))) continue;
    const [, name = '', ref = 'main'] = inline;
    found.set(fold(alias), {
      alias,
      type: 'git',
      name,
      ref: ref.startsWith('refs/') ? ref : `refs/heads/${ref}`,
    });
  }
  return [...found.values()];
}

function allSteps(job: JobPlan): readonly StepPlan[] {
  return job.kind === 'job' ? job.steps : job.hooks.flatMap(({ steps }) => steps);
}
