import type { RouteOf } from '../routes/route.ts';
import type { OperatedRequestsShape } from '../shapes/operators.ts';
import { ROUTES } from '../routes/table.ts';
import type { LockRequestView } from '../views.ts';
import type { Paged } from '../wire/common.ts';
import type {
  NewForceCancel,
  NewFreeze,
  NewPlace,
  OperatedLock,
  OperatedRequests,
  OperatedRun,
  OperatorReason,
} from '../wire/operators.ts';
import type { Transport } from './transport.ts';

/** One act on all the lock requests of a stage attempt; `bundle` is `LockRequestView.bundleId`. */
export type BundleAct = (project: string, bundle: number, body: OperatorReason) => Promise<OperatedRequests>;

/** What operators do to the queue by hand. */
export interface OperatorsClient {
  /** Every lock request that a run ever had. */
  listLockRequests(project: string, run: number): Promise<Paged<LockRequestView>>;
  holdRequest: BundleAct;
  unholdRequest: BundleAct;
  moveRequest(project: string, bundle: number, body: OperatorReason & NewPlace): Promise<OperatedRequests>;
  withdrawRequest: BundleAct;
  forceGrant: BundleAct;
  acknowledgeFailure: BundleAct;
  forceRelease: BundleAct;
  freezeLock(project: string, lock: number, body: NewFreeze): Promise<OperatedLock>;
  unfreezeLock(project: string, lock: number, body: OperatorReason): Promise<OperatedLock>;
  /** Ends a run, or one stage of it, at once, without clean-up. */
  forceCancel(project: string, run: number, body: NewForceCancel): Promise<OperatedRun>;
}

/** The calls of `OperatorsClient`. */
export function operatorsClient(transport: Transport): OperatorsClient {
  const act =
    (route: RouteOf<OperatedRequestsShape>): BundleAct =>
    (project, bundleId, body) =>
      transport.json(route, { path: { project, bundleId }, body });
  return {
    listLockRequests: (project, runId) =>
      transport.page(ROUTES.runLockRequests, { path: { project, runId } }),
    holdRequest: act(ROUTES.holdRequest),
    unholdRequest: act(ROUTES.unholdRequest),
    moveRequest: act(ROUTES.moveRequest),
    withdrawRequest: act(ROUTES.withdrawRequest),
    forceGrant: act(ROUTES.forceGrant),
    acknowledgeFailure: act(ROUTES.acknowledgeFailure),
    forceRelease: act(ROUTES.forceRelease),
    freezeLock: (project, lockId, body) =>
      transport.json(ROUTES.freezeLock, { path: { project, lockId }, body }),
    unfreezeLock: (project, lockId, body) =>
      transport.json(ROUTES.unfreezeLock, { path: { project, lockId }, body }),
    forceCancel: (project, runId, body) =>
      transport.json(ROUTES.forceCancel, { path: { project, runId }, body }),
  };
}
