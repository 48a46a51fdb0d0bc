import type { PullRequestTrigger } from '@signalbox/model';
import { takesPaths } from './path-filter.ts';
import { takesBranch } from './ref-filter.ts';

/** A pull request at one commit. */
export interface PullRequestChange {
  /** Full ref of the branch that it wants to change. */
  readonly target: string;
  readonly draft: boolean;
  readonly fork: boolean;
  /** Paths that it changes. */
  readonly changed: readonly string[];
}

/** What a change of a pull request means for a pipeline. */
export type PullRequestVerdict =
  { readonly kind: 'run'; readonly autoCancel: boolean } | { readonly kind: 'none'; readonly why: string };

/** Whether a pull request starts a run (TRIG-20, TRIG-23). Skip tokens do not count here (TRIG-11). */
export function judgePullRequest(
  trigger: PullRequestTrigger | undefined,
  { target, draft, fork, changed }: PullRequestChange,
  { forks }: { readonly forks: boolean },
): PullRequestVerdict {
  if (trigger?.kind === 'none') return none('The file says `pr: none`.');
  const { branches, paths, drafts = true, autoCancel = true } = trigger ?? {};
  if (fork && !forks) return none('It comes from a fork, and the pipeline runs none.');
  if (draft && !drafts) return none('It is a draft.');
  if (!takesBranch(branches, target)) return none(`The trigger leaves out the target ${target}.`);
  if (!takesPaths(paths, changed)) return none('No changed file is one of the paths of the trigger.');
  return { kind: 'run', autoCancel };
}

function none(why: string): PullRequestVerdict {
  return { kind: 'none', why };
}
