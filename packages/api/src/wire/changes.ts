import type { WireTime } from '../views.ts';
import type { IdentityRef } from './common.ts';

/** A commit that a run has and the one before had not. */
export interface WireChange {
  readonly id: string;
  readonly message: string;
  readonly type: 'Git';
  readonly author: IdentityRef;
  readonly timestamp: WireTime;
}
