import type { DefinitionId, RunId } from '@signalbox/model';
import type { DefinitionRow, JsonObject, NewOccasion, OccasionRow } from '@signalbox/store';

/** What may start a run of a pipeline. It is plain JSON: the store keeps it. */
export type Occasion =
  /** Commits came to a branch, or a tag was set; without `from` it is new. */
  | {
      readonly kind: 'push';
      readonly ref: string;
      readonly from?: string;
      readonly commit: string;
      /** Who pushed, where somebody said so. */
      readonly by?: string;
    }
  | { readonly kind: 'branchDeleted'; readonly ref: string }
  /** The pipeline is new, or was changed: its schedules are read anew (TRIG-33). */
  | { readonly kind: 'pipelineChanged'; readonly revision: number }
  | ({ readonly kind: 'pullRequest' } & PullRequest)
  | {
      readonly kind: 'schedule';
      readonly branch: string;
      readonly cron: string;
      readonly displayName?: string;
      readonly batch: boolean;
      readonly always: boolean;
    }
  | { readonly kind: 'completion'; readonly source: RunId; readonly alias: string };

/** A pull request at one commit. */
export type PullRequest = {
  readonly number: number;
  /** The ref of the merge, in full: `refs/pull/7/merge`. */
  readonly ref: string;
  /** Full refs. */
  readonly target: string;
  readonly source: string;
  readonly sourceCommit: string;
  readonly fork: boolean;
  readonly draft: boolean;
  readonly title: string;
  readonly by: string;
};

/** An occasion of a pipeline, ready for the store. */
export function newOccasion(
  { project, id: definition }: Pick<DefinitionRow, 'project' | 'id'>,
  { key, lane, body }: { readonly key: string; readonly lane: string; readonly body: Occasion },
): NewOccasion {
  return { project, definition, key, lane, body: { ...body } as JsonObject };
}

/** What a row is about. */
export function occasionOf({ body }: Pick<OccasionRow, 'body'>): Occasion {
  return body as unknown as Occasion;
}

/** One line for people. */
export function occasionText(occasion: Occasion): string {
  switch (occasion.kind) {
    case 'push':
      return `push of ${occasion.commit.slice(0, 8)} to ${shortRef(occasion.ref)}`;
    case 'branchDeleted':
      return `${shortRef(occasion.ref)} deleted`;
    case 'pipelineChanged':
      return `pipeline saved, revision ${occasion.revision}`;
    case 'pullRequest':
      return `pull request ${occasion.number} to ${shortRef(occasion.target)}`;
    case 'schedule':
      return `schedule ${occasion.displayName ?? occasion.cron} of ${shortRef(occasion.branch)}`;
    case 'completion':
      return `run ${occasion.source} of ${occasion.alias}`;
  }
}

function shortRef(ref: string): string {
  return ref.replace(/^refs\/heads\//, '').replace(/^refs\/tags\//, 'tag ');
}

/** A pull request counts once for each commit that is pushed to it, whoever tells of it. */
export function pullRequestKey({
  number,
  sourceCommit,
}: Pick<PullRequest, 'number' | 'sourceCommit'>): string {
  return `pull:${number}:${sourceCommit}`;
}

/** The id of a definition as the key of a document. */
export function keyOf(id: DefinitionId): string {
  return String(id);
}
