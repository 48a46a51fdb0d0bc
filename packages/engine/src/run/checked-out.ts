import { fold, type Plan, type RepositoryPlan, type StepPlan } from '@signalbox/model';

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
