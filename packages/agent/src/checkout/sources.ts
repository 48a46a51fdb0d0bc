import type { JobRepository } from '@signalbox/api';
import type { StepTry } from '../steps/step-handler.ts';
import type { CheckoutOptions } from './checkout-options.ts';
import type { RepositoryAccess } from './repository-access.ts';
import { git, type GitEnd } from './git.ts';

/** One repository on its way into its folder. */
export interface Sources {
  readonly step: StepTry;
  readonly repository: JobRepository;
  readonly access: RepositoryAccess;
  readonly options: CheckoutOptions;
  readonly folder: string;
  /** Runs git there with the repository's credentials, shown in the log. */
  readonly run: (...args: readonly string[]) => Promise<GitEnd>;
  /** The same, but what it says is an answer for the agent. */
  readonly ask: (...args: readonly string[]) => Promise<GitEnd>;
}

/** Binds git to the folder and the credentials of a repository. */
export function sourcesOf(given: Omit<Sources, 'run' | 'ask'>): Sources {
  const { step, access, folder, options } = given;
  // Without `lfs` files of LFS stay the pointers they are, also where git-lfs is set up for the whole machine.
  const environment = options.lfs ? {} : { GIT_LFS_SKIP_SMUDGE: '1' };
  const how = { folder, config: access.config, environment };
  return {
    ...given,
    run: (...args) => git(step, args, how),
    ask: (...args) => git(step, args, { ...how, quiet: true }),
  };
}

/** Runs actions one after the other up to the first that fails; the last one's end. */
export async function inTurn(actions: readonly (() => Promise<GitEnd>)[]): Promise<GitEnd> {
  let end: GitEnd = { code: 0, text: '', errors: '' };
  for (const action of actions) {
    end = await action();
    if (end.code !== 0) return end;
  }
  return end;
}
