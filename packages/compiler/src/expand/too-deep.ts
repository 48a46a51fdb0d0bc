import { MAX_DEPTH } from '../limits.ts';
import type { ScalarNode } from '../read/node.ts';
import type { Span } from '../read/source-file.ts';
import type { Context } from './context.ts';

/** Reports that the expanded structure is too deep and stops: this is how a cycle of templates ends (REC-81). */
export function stopTooDeep(at: Span, { work }: Context): ScalarNode {
  if (!work.budget.spent()) {
    const message = `Maximum object depth exceeded: the expanded pipeline is nested more than ${MAX_DEPTH} levels deep here.`;
    work.report('too-deep', at, message, 'Flatten the structure; look for a template that includes itself.');
    work.budget.stop();
  }
  return { kind: 'scalar', text: '', at };
}
