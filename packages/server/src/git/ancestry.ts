import type { CommitRelation } from '@signalbox/model';
import { exitCodeOf, git, RepositoryError } from './git-program.ts';
import type { Mirror } from './mirror.ts';

/** Two commits of one repository, as full ids. */
export interface CommitPair {
  readonly base: string;
  readonly head: string;
}

/** Whether the mirror has both commits; what is no id of a commit it does not have. */
export async function hasCommits(mirror: Mirror, { base, head }: CommitPair): Promise<boolean> {
  return (await hasCommit(mirror, base)) && (base === head || (await hasCommit(mirror, head)));
}

/** How `head` stands to `base`, by ancestry: `older` when `head` is an ancestor of it. The mirror has both. */
export async function relationOf(mirror: Mirror, { base, head }: CommitPair): Promise<CommitRelation> {
  if (base === head) return 'same';
  // The best common ancestor of two commits is one of them when it is an ancestor of the other.
  const common = await mergeBase(mirror, { base, head });
  if (common === head) return 'older';
  return common === base ? 'newer' : 'diverged';
}

async function hasCommit(mirror: Mirror, id: string): Promise<boolean> {
  if (!/^[\da-f]{40,64}$/.test(id)) return false;
  return git(['cat-file', '-e', `${id}^{commit}`], mirror).then(
    () => true,
    () => false,
  );
}

async function mergeBase(mirror: Mirror, { base, head }: CommitPair): Promise<string> {
  try {
    return String(await git(['merge-base', '--end-of-options', base, head], mirror)).trim();
  } catch (error) {
    // Exit code 1: they have no ancestor in common.
    if (error instanceof RepositoryError && exitCodeOf(error) === 1) return '';
    throw error;
  }
}
