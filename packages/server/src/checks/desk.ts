import type { Store } from '@signalbox/store';
import type { Sealer } from '../auth/sealer.ts';
import type { Outbound } from '../outbound/outbound.ts';

/** What asking for checks takes. */
export interface CheckDesk {
  readonly store: Store;
  readonly sealer: Sealer;
  readonly outbound: Outbound;
  readonly clock: () => number;
  /** This server with its organisation, as services reach it; without a slash at the end. */
  readonly baseUrl: () => string;
}
