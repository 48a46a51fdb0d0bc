import type { DefinitionRow, NewOccasion, Store } from '@signalbox/store';
import type { History } from '../git/history.ts';
import { defaultBranchOf } from '../work/source.ts';
import type { Refs } from './changes.ts';
import { newOccasion, pullRequestKey, type PullRequest } from './occasion.ts';
import { triggerSettings } from './trigger-settings.ts';

/** Where services keep the merges of pull requests: GitHub and Azure DevOps, then GitLab. */
export const MERGES: readonly string[] = ['refs/pull/*/merge', 'refs/merge-requests/*/merge'];

/** True for a ref of a pull request. */
export function isPullRef(ref: string): boolean {
  return /^refs\/(?:pull|merge-requests)\//.test(ref);
}

/** True for the merge of a pull request. */
export function isMerge(ref: string): boolean {
  return isPullRef(ref) && ref.endsWith('/merge');
}

/** The pipelines that want pull requests looked for. */
export async function thosePolling(
  store: Store,
  definitions: readonly DefinitionRow[],
): Promise<readonly DefinitionRow[]> {
  const found: DefinitionRow[] = [];
  for (const one of definitions) {
    if ((await triggerSettings(store, one.id)).pollPullRequests) found.push(one);
  }
  return found;
}

/** What new merges say of their pull requests; git knows neither title nor draft, and of forks only that they are none of ours. */
export async function polledRequests(
  history: History,
  {
    refs,
    merges,
    definitions,
  }: {
    readonly refs: Refs;
    readonly merges: readonly string[];
    readonly definitions: readonly DefinitionRow[];
  },
): Promise<readonly NewOccasion[]> {
  const occasions: NewOccasion[] = [];
  for (const ref of definitions.length === 0 ? [] : merges) {
    const [targetCommit, sourceCommit] = await history.parents(refs[ref] ?? '');
    if (targetCommit === undefined || sourceCommit === undefined) continue;
    const { author: by } = await history.change(targetCommit, sourceCommit);
    const source = branchAt(refs, sourceCommit);
    for (const definition of definitions) {
      const request: PullRequest = {
        number: Number(/\d+/.exec(ref)?.[0] ?? 0),
        ref,
        target: branchAt(refs, targetCommit) ?? defaultBranchOf(definition),
        source: source ?? ref.replace(/merge$/, 'head'),
        sourceCommit,
        // A commit that no branch of the repository has is somebody else's (TH2).
        fork: source === undefined,
        draft: false,
        title: '',
        by,
      };
      const body = { kind: 'pullRequest', ...request } as const;
      occasions.push(newOccasion(definition, { key: pullRequestKey(request), lane: ref, body }));
    }
  }
  return occasions;
}

function branchAt(refs: Refs, commit: string): string | undefined {
  const [first] =
    Object.entries(refs).find(([ref, at]) => ref.startsWith('refs/heads/') && at === commit) ?? [];
  return first;
}
