import { DEFAULT_LOCK_POLICY } from '@signalbox/model';
import type { Decision } from './decision.ts';
import { resourceKey, stageResource } from './keys.ts';
import type { NamedResource } from './messages.ts';
import type { LockRow, Requester } from './rows.ts';

/** What a stage uses, and whether it names a lock of its own. */
export interface Uses {
  readonly requester: Pick<Requester, 'definition' | 'stage'>;
  readonly ownLock: boolean;
  readonly resources: readonly NamedResource[];
}

/** Each resource once, the stage's own lock among them if it names one (LOCK-5). */
export function resourcesOf({ requester, ownLock, resources }: Uses): readonly NamedResource[] {
  const { definition, stage } = requester;
  const own = { ...stageResource(definition, stage), name: `${definition}/${stage}` };
  const unique = new Map(resources.map((resource) => [resourceKey(resource), resource]));
  if (ownLock && !unique.has(resourceKey(own))) unique.set(resourceKey(own), own);
  return [...unique.values()];
}

/** The enabled lock of a resource; a stage's own lock comes into being when it is first asked for. */
export function lockFor(
  d: Decision,
  ownLock: boolean,
  { type, id, name }: NamedResource,
  lock: LockRow | null,
): readonly LockRow[] {
  if (lock !== null) return lock.enabled ? [lock] : [];
  if (!ownLock || type !== 'persistedStage') return [];
  d.record({
    type: 'LockConfigured',
    lock: d.header.lastLock + 1,
    resource: { type, id },
    name,
    policy: DEFAULT_LOCK_POLICY,
    enabled: true,
    by: 'Signalbox',
    at: d.now,
  });
  const made = d.read.lockOf({ type, id });
  return made ? [made] : [];
}
