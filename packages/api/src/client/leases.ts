import { ROUTES } from '../routes/table.ts';
import type { LeaseView, NewLease } from '../wire/lease.ts';
import type { Transport } from './transport.ts';

/** Locks for callers from outside. */
export interface LeasesClient {
  /** Asks, or asks again; waits up to `waitSeconds` for the locks. */
  acquireLease(project: string, lease: NewLease, signal?: AbortSignal): Promise<LeaseView>;
  getLease(project: string, requestId: string): Promise<LeaseView>;
  /** A sign of life; an `ApiError` with the code `lease-lost` when it comes too late. */
  renewLease(project: string, requestId: string, signal?: AbortSignal): Promise<LeaseView>;
  releaseLease(project: string, requestId: string, result: 'succeeded' | 'failed'): Promise<LeaseView>;
}

/** The calls of `LeasesClient`. */
export function leasesClient(transport: Transport): LeasesClient {
  return {
    acquireLease: (project, body, signal) =>
      transport.json(ROUTES.acquireLease, { path: { project }, body, signal }),
    getLease: (project, requestId) => transport.json(ROUTES.leaseView, { path: { project, requestId } }),
    renewLease: (project, requestId, signal) =>
      transport.json(ROUTES.renewLease, { path: { project, requestId }, signal }),
    releaseLease: (project, requestId, result) =>
      transport.json(ROUTES.releaseLease, { path: { project, requestId }, query: { result } }),
  };
}
