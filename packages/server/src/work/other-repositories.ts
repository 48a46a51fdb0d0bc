import type { CompileRequest } from '@signalbox/compiler';
import { inlineRepositories, repositoryOfCheckout } from '@signalbox/engine';
import { fold, type Diagnostic, type Plan, type RepositoryPlan, type StepPlan } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import { RepositoryError } from '../git/git-program.ts';
import type { Repositories, Source } from '../git/repositories.ts';
import type { KnownRepositories } from './known-repositories.ts';

/** The repositories that one pipeline declares besides its own, each opened once, at one commit (RSRC-6). */
export interface OtherRepositories {
  /** For the compiler: their templates. */
  readonly files: NonNullable<CompileRequest['repositories']>;
  /**
   * The plan with the commits that its repositories had; or what is wrong with those that its jobs check out. One
   * that neither a template nor a checkout needs may be unknown.
   */
  freeze(plan: Plan): Promise<{ readonly plan: Plan; readonly problems: readonly Diagnostic[] }>;
}

/** What opening repositories takes. */
export interface OtherRepositoriesOptions {
  readonly project: ProjectRow;
  readonly repositories: Repositories;
  readonly known: KnownRepositories;
}

type Opened = Source | { readonly unavailable: string };

/** Opens repositories for one run, or for one preview. */
export function otherRepositories(options: OtherRepositoriesOptions): OtherRepositories {
  const opened = new Map<string, Promise<Opened>>();
  const open = (repository: RepositoryPlan): Promise<Opened> => {
    const key = JSON.stringify([fold(repository.alias), repository.name, repository.ref]);
    const started = opened.get(key) ?? openOne(options, repository);
    opened.set(key, started);
    return started;
  };
  return {
    async files(repository) {
      const source = await open(repository);
      return 'files' in source ? source.files : source;
    },
    async freeze(plan) {
      const repositories = await Promise.all(
        [...plan.repositories, ...inlineRepositories(plan)].map(async (repository) => {
          const source = await open(repository);
          return 'files' in source ? { ...repository, commit: source.commit } : repository;
        }),
      );
      const frozen = { ...plan, repositories };
      const problems: Diagnostic[] = [];
      for (const step of plan.stages.flatMap(({ jobs }) => jobs).flatMap(stepsOf)) {
        const missing = repositoryOfCheckout(step, frozen);
        if (missing === undefined || missing.commit !== undefined) continue;
        const source = await open(missing);
        if ('unavailable' in source) problems.push(problem(missing, step, source.unavailable));
      }
      return { plan: frozen, problems };
    },
  };
}

async function openOne(
  { project, repositories, known }: OtherRepositoriesOptions,
  { name, ref }: RepositoryPlan,
): Promise<Opened> {
  try {
    const { url } = await known.find(project, name);
    // A commit may stand in place of a branch (RSRC-5).
    const commit = /^[\da-f]{40}$/i.test(ref)
      ? ({ commit: ref, commitOnly: true, branch: 'main' } as const)
      : { branch: ref };
    return await repositories.open({ url, ...commit });
  } catch (error) {
    if (error instanceof RepositoryError) return { unavailable: error.message };
    throw error;
  }
}

function stepsOf(job: Plan['stages'][number]['jobs'][number]): readonly StepPlan[] {
  return job.kind === 'job' ? job.steps : job.hooks.flatMap(({ steps }) => steps);
}

function problem({ alias, name }: RepositoryPlan, { source }: StepPlan, help: string): Diagnostic {
  return {
    code: 'repository-unavailable',
    severity: 'error',
    message: `The repository '${name}' ('${alias}') cannot be checked out.`,
    help,
    range: source,
  };
}
