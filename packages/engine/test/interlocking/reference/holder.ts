import type { Of, State } from './state.ts';

/** A holder drains, is lost, or works again. */
export function holder(s: State, message: Of<'HolderChanged'>): void {
  const bundle = s.find(message);
  if (bundle?.status !== 'holding') return;
  if (message.state === 'working') delete bundle.idle;
  else bundle.idle = true;
}
