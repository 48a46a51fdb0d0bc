import type { LockRequestView } from '../views.ts';
import type { Collection } from '../wire/common.ts';
import type {
  NewForceCancel,
  NewFreeze,
  NewPlace,
  OperatedLock,
  OperatedRequests,
  OperatedRun,
  OperatorReason,
} from '../wire/operators.ts';

/** An act on the requests of a stage attempt, with its reason. */
export interface OperatedRequestsShape {
  readonly body: OperatorReason;
  readonly answer: OperatedRequests;
  readonly refuses: 409;
}

/** What the routes of `routes/operators.ts` take and answer. */
export interface OperatorShapes {
  readonly runLockRequests: { readonly answer: Collection<LockRequestView> };
  readonly holdRequest: OperatedRequestsShape;
  readonly unholdRequest: OperatedRequestsShape;
  readonly moveRequest: {
    readonly body: OperatorReason & NewPlace;
    readonly answer: OperatedRequests;
    readonly refuses: 409;
  };
  readonly withdrawRequest: OperatedRequestsShape;
  readonly forceGrant: OperatedRequestsShape;
  readonly acknowledgeFailure: OperatedRequestsShape;
  readonly forceRelease: OperatedRequestsShape;
  readonly freezeLock: { readonly body: NewFreeze; readonly answer: OperatedLock; readonly refuses: 409 };
  readonly unfreezeLock: {
    readonly body: OperatorReason;
    readonly answer: OperatedLock;
    readonly refuses: 409;
  };
  readonly forceCancel: {
    readonly body: NewForceCancel;
    readonly answer: OperatedRun;
    readonly refuses: 409;
  };
}
