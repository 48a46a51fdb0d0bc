import type { RunCause } from '@signalbox/engine';
import type { LockResourceType } from '@signalbox/model';
import type { StageResources } from './resources.ts';

/** What code of a fork may use: where it comes from, where it runs, and the lock of its own stage. */
const HARMLESS: ReadonlySet<LockResourceType> = new Set<LockResourceType>([
  'repository',
  'queue',
  'persistedStage',
]);

/** Why a run of a fork's code is not queued: it would use a protected resource (TH2, TRIG-23). */
export function forkHindrance(
  { cause }: { readonly cause?: RunCause },
  resources: StageResources,
): { readonly kind: 'refused'; readonly code: 'fork-not-trusted'; readonly message: string } | undefined {
  if (cause?.fork !== true) return undefined;
  const used = Object.values(resources)
    .flat()
    .find(({ type }) => !HARMLESS.has(type));
  if (used === undefined) return undefined;
  const message = `A run of a fork may not use ${used.name} (${used.type}).`;
  return { kind: 'refused', code: 'fork-not-trusted', message };
}

/** Variables without those that are secret (TH2, TRIG-23). */
export function withoutSecrets<V extends { readonly secret: boolean }>(
  variables: Readonly<Record<string, V>>,
): Readonly<Record<string, V>> {
  return Object.fromEntries(Object.entries(variables).filter(([, { secret }]) => !secret));
}
