import type { CompareRunsEffect } from '@signalbox/engine';
import type { CommitRelation, RunId } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import type { Repositories } from '../git/repositories.ts';
import { repositoryUrlOf } from './source.ts';

/** Says how the commit of run `head` stands to that of run `base`; throws when git cannot be asked now. */
export type CompareRuns = (runs: { readonly base: RunId; readonly head: RunId }) => Promise<CommitRelation>;

/**
 * Compares the commits of two runs of one pipeline in the mirror of its repository (LOCK-67). `unknown`: a run or the
 * pipeline is gone, or the repository, perhaps another one by now, does not have both commits.
 */
export function createCompareRuns(store: Store, repositories: Pick<Repositories, 'compare'>): CompareRuns {
  return async ({ base, head }) => {
    const [older, newer] = [await store.runs.get(base), await store.runs.get(head)];
    if (older === undefined || newer === undefined) return 'unknown';
    if (older.commit === newer.commit) return 'same';
    const definition = await store.definitions.get(newer.project, newer.definition.id);
    if (definition === undefined) return 'unknown';
    return repositories.compare(repositoryUrlOf(definition), { base: older.commit, head: newer.commit });
  };
}

// A repository that does not answer must not keep a deployment waiting for ever (LAW-2): about 7 s, and git's own time.
const ATTEMPTS = 4;

/** Tells the locks how two commits stand to each other; a second answer changes nothing (LOCK-67). */
export async function answerComparison(
  { store, compareRuns }: { readonly store: Store; readonly compareRuns: CompareRuns | undefined },
  { project: id, bundle, base, head }: CompareRunsEffect,
  attempt: number,
): Promise<'done'> {
  const relation = await compareRuns?.({ base, head }).catch((error: unknown): CommitRelation => {
    if (attempt < ATTEMPTS) throw error;
    return 'unknown';
  });
  const body = { type: 'RunsCompared', bundle, base, relation: relation ?? 'unknown' } as const;
  await store.inbox.submit([{ to: { kind: 'interlocking', id }, body }]);
  return 'done';
}
