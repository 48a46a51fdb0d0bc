import type { StageView } from './views.ts';

/** That a cancel waits for the end of a protected stage, as one sentence; undefined when none does (Q6, U8). */
export function pendingCancel(
  stage: Pick<StageView, 'displayName' | 'cancelPending' | 'protectedBy'>,
): string | undefined {
  const { displayName, cancelPending, protectedBy = [] } = stage;
  if (cancelPending === undefined) return undefined;
  const of = cancelPending.of === 'run' ? 'The run was' : 'It was';
  const locks = protectedBy.join(', ');
  return `${of} cancelled by ${cancelPending.by} at ${cancelPending.at}; that takes effect when stage ${displayName} is over, for the lock of ${locks} protects it.`;
}
