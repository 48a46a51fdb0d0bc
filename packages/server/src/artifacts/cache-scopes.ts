import { fold } from '@signalbox/model';
import type { RunState } from '@signalbox/engine';
import type { Store } from '@signalbox/store';
import { fullBranch } from '../git/full-branch.ts';

/**
 * The scopes whose caches a run may read, its own first: it writes to that one only. A pull request also reads those of
 * its target, and every run those of the default branch, so that a new branch begins with what is there.
 */
export async function cacheScopes(store: Store, run: RunState): Promise<readonly string[]> {
  const definition = await store.definitions.get(run.project, run.definition.id);
  const target = Object.entries(run.variables).find(
    ([name]) => fold(name) === 'system.pullrequest.targetbranch',
  )?.[1].value;
  const branches = [run.branch, target, definition?.repository['defaultBranch']];
  const full = branches.flatMap((branch) =>
    typeof branch === 'string' && branch !== '' ? [fullBranch(branch)] : [],
  );
  return [...new Set(full)];
}
