import type { PushTrigger } from '@signalbox/model';
import { takesPaths } from './path-filter.ts';
import { isTag, takesBranch, takesTag } from './ref-filter.ts';
import { skipToken } from './skip-token.ts';

/** A push, as git tells it. */
export interface Push {
  /** Full ref of a branch or a tag. */
  readonly ref: string;
  /** The messages of its commits. */
  readonly messages: readonly string[];
  /** Paths from the root of the repository. */
  readonly changed: readonly string[];
}

/** What a push means for a pipeline: a run, now or with others; or why there is none. */
export type PushVerdict =
  | { readonly kind: 'run'; readonly batch: boolean }
  /** One sentence for who asks why nothing ran. */
  | { readonly kind: 'none'; readonly why: string };

/** Whether a push starts a run (TRIG-1 … TRIG-6, TRIG-11). `impliedOff`: a file without `trigger` has none (TRIG-2). */
export function judgePush(
  trigger: PushTrigger | undefined,
  push: Push,
  { impliedOff }: { readonly impliedOff: boolean },
): PushVerdict {
  if (trigger === undefined && impliedOff)
    return none('The file has no `trigger`, and the project wants one.');
  if (trigger?.kind === 'none') return none('The file says `trigger: none`.');
  const { branches, tags, paths, batch = false } = trigger ?? {};
  if (!takesBranch(branches, push.ref) && !takesTag(tags, push.ref)) {
    return none(`The trigger leaves out ${push.ref}.`);
  }
  const token = push.messages.map(skipToken).find((found) => found !== undefined);
  if (token !== undefined) return none(`A commit says ${token}.`);
  // A tag is no change of files.
  if (isTag(push.ref) || takesPaths(paths, push.changed)) return { kind: 'run', batch };
  return none('No changed file is one of the paths of the trigger.');
}

function none(why: string): PushVerdict {
  return { kind: 'none', why };
}
