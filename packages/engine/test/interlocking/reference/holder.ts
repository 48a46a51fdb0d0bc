import type { Of, State } from './state.ts';

/** A holder drains, is lost, works again, or waits for a person. */
export function holder(s: State, message: Of<'HolderChanged'>): void {
  const bundle = s.find(message);
  if (bundle?.status !== 'holding' || bundle.span?.left) return;
  if (message.state === 'draining' || message.state === 'quarantined') bundle.idle = true;
  else delete bundle.idle;
}
