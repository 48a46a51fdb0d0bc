import { fold, type BundleId, type DefinitionId, type LockId, type RunId } from '@signalbox/model';
import type { DeployedRow, ExpectedRow, ResourceKey } from './rows.ts';

/** A resource as one text. */
export function resourceKey(resource: ResourceKey): string {
  return `${resource.type}/${resource.id}`;
}

/** The id of a stage's own lock (LOCK-5). */
export function stageResource(definition: DefinitionId, stage: string): ResourceKey {
  return { type: 'persistedStage', id: `${definition}:${fold(stage)}` };
}

/** One stage attempt of one run. */
export function attemptKey(run: RunId, stage: string, attempt: number): string {
  return `${run}/${attempt}/${fold(stage)}`;
}

/** One stage of one pipeline at one lock. */
export function gateKey(lock: LockId, definition: DefinitionId, foldedStage: string): string {
  return `${lock}/${definition}/${foldedStage}`;
}

/** One stage of one pipeline at one resource, whether it has a lock or not. */
export function expectationKey(resource: ResourceKey, definition: DefinitionId, foldedStage: string): string {
  return `${resourceKey(resource)}/${definition}/${foldedStage}`;
}

/** Names an expected row: the primary key of its table. */
export function expectedKey(row: ExpectedRow): string {
  return `${expectationKey(row.resource, row.definition, row.stage)}/${row.run}`;
}

/** What one pipeline last deployed behind one lock. */
export function deployedKey({ lock, definition }: Pick<DeployedRow, 'lock' | 'definition'>): string {
  return `${lock}/${definition}`;
}

/** Names what a store may say does not exist. */
export const absence = {
  lock: (id: LockId): string => `lock/${id}`,
  lockOf: (resource: ResourceKey): string => `lockOf/${resourceKey(resource)}`,
  bundle: (id: BundleId): string => `bundle/${id}`,
  bundleOf: (run: RunId, stage: string, attempt: number): string =>
    `attempt/${attemptKey(run, stage, attempt)}`,
  deployed: (lock: LockId, definition: DefinitionId): string => `deployed/${lock}/${definition}`,
};
