import type { Decision } from './decision.ts';
import { cancel } from './end.ts';
import { dropExpected } from './expect.ts';
import type { InterlockingMessage } from './messages.ts';
import { isOfSpan } from './span/inside.ts';
import { declineSpan } from './span/leave.ts';
import { isOpen } from './waiting.ts';

type Withdrawn = Extract<InterlockingMessage, { type: 'LocksWithdrawn' }>;

/** Cancelled while waiting; or declines a grant that crossed the cancel: its tokens are burnt (LAW-5). */
export function withdraw(d: Decision, { run, stage, attempt }: Withdrawn): void {
  const bundle = d.read.bundleOf(run, stage, attempt);
  // It had not asked for good: it was to say first what its span is.
  if (bundle === null) return dropExpected(d, run, stage);
  if (bundle && isOfSpan(bundle)) return declineSpan(d, bundle);
  if (bundle && (isOpen(bundle) || bundle.status === 'inUse')) cancel(d, bundle);
}
