import type { Collection } from '../wire/common.ts';
import type { RetentionChange, WireRetention } from '../wire/retention.ts';
import type { NewRunLease, RunLeaseChange, WireRunLease } from '../wire/run-leases.ts';

/** What the routes of `routes/kept-runs.ts` take and answer. */
export interface KeptRunShapes {
  readonly deleteBuild: { readonly answer: undefined; readonly refuses: 409 };
  readonly leasesOfBuild: { readonly answer: Collection<WireRunLease> };
  readonly listRunLeases: {
    /** These together; or several triples, as `leasesToFetch.0.ownerId`, `leasesToFetch.0.runId` … */
    readonly query: {
      readonly ownerId?: string;
      /** The id of a person. */
      readonly userOwnerId?: string;
      readonly definitionId?: number;
      readonly runId?: number;
    };
    readonly answer: Collection<WireRunLease>;
  };
  readonly addRunLeases: {
    readonly body: readonly NewRunLease[];
    readonly answer: Collection<WireRunLease>;
    readonly refuses: 409;
  };
  readonly deleteRunLeases: {
    readonly query: {
      /** Numbers of leases. */
      readonly ids: readonly number[];
    };
    readonly answer: undefined;
  };
  readonly getRunLease: { readonly answer: WireRunLease };
  readonly updateRunLease: { readonly body: RunLeaseChange; readonly answer: WireRunLease };
  readonly getRetention: { readonly answer: WireRetention };
  readonly updateRetention: { readonly body: RetentionChange; readonly answer: WireRetention };
}
