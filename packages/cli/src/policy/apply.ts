import { ApiError, type Client } from '@signalbox/api';
import { lockName, type LockChange } from './difference.ts';

/** What came of the changes: those before `failed` are in force, those behind it were not tried. */
export interface Applied {
  readonly done: readonly LockChange[];
  readonly failed?: { readonly change: LockChange; readonly error: ApiError };
}

/**
 * Puts changes in force, one lock after the other: each is one transaction, all of them together are not. Stops at the
 * first that the server refuses; to do it again is safe, for what is done is no difference any more.
 */
export async function applyChanges(
  client: Client,
  project: string,
  changes: readonly LockChange[],
): Promise<Applied> {
  const done: LockChange[] = [];
  for (const change of changes) {
    const { id, patch, wanted } = change;
    try {
      if (id === undefined) await client.createLock(project, { resource: wanted.make, ...patch });
      else await client.updateLock(project, id, patch);
    } catch (error) {
      if (error instanceof ApiError) return { done, failed: { change, error } };
      throw error;
    }
    done.push(change);
  }
  return { done };
}

/** The locks of changes, for a sentence. */
export function namesOf(changes: readonly LockChange[]): string {
  return changes.map(({ wanted }) => lockName(wanted.resource)).join(', ');
}
