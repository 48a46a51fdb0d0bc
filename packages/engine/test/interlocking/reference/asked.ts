import { DEFAULT_LOCK_POLICY, fold } from '@signalbox/model';
import type { ResourceKey } from '@signalbox/engine';
import { keyOf, type Lock, type State } from './state.ts';

/** What a stage uses. */
export interface Uses {
  readonly requester: { readonly definition: number; readonly stage: string };
  readonly ownLock: boolean;
  readonly resources: readonly ResourceKey[];
}

/** The locks that a stage asks for; its own one is made when it is first asked for. */
export function locksFor(s: State, uses: Uses): readonly Lock[] {
  const key = stageKey(uses);
  if (uses.ownLock && !s.locks.some((lock) => lock.key === key)) {
    s.locks.push({ key, policy: DEFAULT_LOCK_POLICY, enabled: true, deployed: new Map(), lastToken: 0 });
  }
  return locksOf(s, uses);
}

/** Those of them that there are, and that are in use. */
export function locksOf(s: State, uses: Uses): readonly Lock[] {
  return meantBy(s, uses).filter(({ enabled }) => enabled);
}

/** Those of them that there are. */
export function meantBy(s: State, uses: Uses): readonly Lock[] {
  const keys = [...uses.resources.map(keyOf), ...(uses.ownLock ? [stageKey(uses)] : [])];
  return s.locks.filter(({ key }) => keys.includes(key));
}

function stageKey({ requester: { definition, stage } }: Uses): string {
  return `persistedStage/${definition}:${fold(stage)}`;
}
