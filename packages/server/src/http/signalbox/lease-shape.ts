import type { LeaseView } from '@signalbox/api';
import type { BundleRow } from '@signalbox/engine';
import { wireTime } from '../shape/common.ts';
import { requestsView, type LockContext } from './lock-shape.ts';

/** A lease with its locks, their tokens, and why it waits. */
export async function leaseView(context: LockContext, bundle: BundleRow): Promise<LeaseView> {
  const { requester, lease, withdrawn } = bundle;
  const requests = await requestsView(context, bundle);
  const [first] = requests;
  if (first === undefined || lease === undefined) throw new Error(`Bundle ${bundle.id} is no lease.`);
  const { status, queueTime, assignTime, finishTime, reasons } = first;
  return {
    requestId: requester.stage,
    caller: requester.caller?.name ?? '',
    status,
    locks: requests.map(({ lockId, resourceName: name, token, position }) => ({
      lockId,
      name,
      ...(token !== undefined && { token }),
      ...(position !== undefined && { position }),
    })),
    queueTime,
    ...(assignTime !== undefined && { assignTime }),
    ...(finishTime !== undefined && { finishTime }),
    leaseSeconds: lease.seconds,
    leaseUntil: wireTime(lease.until),
    reasons,
    ...(withdrawn !== undefined && { withdrawn: { by: withdrawn.by, reason: withdrawn.reason } }),
  };
}
