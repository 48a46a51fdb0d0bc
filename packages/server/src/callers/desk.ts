import type { BundleRow, InterlockingMessage } from '@signalbox/engine';
import type { Instant, ProjectId } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import type { Sealer } from '../auth/sealer.ts';
import type { AzureGates } from '../gates/azure/gates.ts';
import type { Outbound } from '../outbound/outbound.ts';

/** What telling and watching callers from outside takes. */
export interface CallerDesk {
  readonly store: Store;
  readonly sealer: Sealer;
  readonly outbound: Outbound;
  readonly gates: AzureGates;
  readonly clock: () => Instant;
}

/** What came of telling somebody. `again`: another try may mend it. */
export type Telling =
  | { readonly ok: true; readonly message: string }
  | { readonly ok: false; readonly message: string; readonly again: boolean };

/** The lease of a request id, whatever its state; undefined when nobody asked with it. */
export async function leaseOf(
  store: Store,
  project: ProjectId,
  request: string,
): Promise<BundleRow | undefined> {
  const need = { need: 'bundleOf', run: 0, stage: request.toLowerCase(), attempt: 1 } as const;
  const [answer] = await store.locks.answer(project, [need]);
  return answer?.bundles?.[0];
}

/** Sends a message to the locks of a project; it is durable when this resolves. */
export function tellLocks(store: Store, project: ProjectId, body: InterlockingMessage): Promise<void> {
  return store.inbox.submit([{ to: { kind: 'interlocking', id: project }, body }]);
}
