import type { Collection } from '../wire/common.ts';
import type {
  AzureCheckRequest,
  AzureGatePatch,
  AzureGateView,
  NewAzureGate,
  NewAzureGateView,
} from '../wire/gate.ts';
import type { LeaseView } from '../wire/lease.ts';

/** What the routes of `routes/gates.ts` take and answer. */
export interface GateShapes {
  readonly listAzureGates: { readonly answer: Collection<AzureGateView> };
  readonly addAzureGate: {
    readonly body: NewAzureGate;
    readonly answer: NewAzureGateView;
    readonly refuses: 409;
  };
  readonly updateAzureGate: { readonly body: AzureGatePatch; readonly answer: AzureGateView };
  readonly removeAzureGate: { readonly answer: undefined };
  readonly askAzureGate: {
    readonly body: AzureCheckRequest;
    readonly answer: LeaseView;
    /** 202: it waits. */
    readonly status: 200 | 202;
    readonly refuses: 409 | 410;
  };
}
