import type { Instant } from '@signalbox/model';

/** How a repository is doing. */
export interface LookState {
  readonly lookedAt: Instant;
  readonly due: Instant;
  readonly failures: number;
  /** Why it could not be looked at; absent: it could. */
  readonly problem?: string;
}
