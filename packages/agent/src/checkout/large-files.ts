import { findProgram } from '../steps/find-program.ts';
import { GIT_DONE, gitProblem, type GitEnd } from './git.ts';
import { inTurn, type Sources } from './sources.ts';

/** `lfs: true` (CO-3): prepares the repository before anything is fetched; git-lfs has to be on the machine. */
export async function prepareLargeFiles({ options, step, run }: Sources): Promise<GitEnd> {
  if (!options.lfs) return GIT_DONE;
  if (findProgram('git-lfs', step.environment) === undefined) {
    return gitProblem('The checkout asks for "lfs", but this agent has no "git-lfs" on its PATH.');
  }
  return run('lfs', 'install', '--local');
}

/** Gets the files of the commit that are kept outside of git, before they are put into the folder. */
export async function fetchLargeFiles({ options, repository, run }: Sources): Promise<GitEnd> {
  return options.lfs ? inTurn([() => run('lfs', 'fetch', 'origin', repository.commit)]) : GIT_DONE;
}
