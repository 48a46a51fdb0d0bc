import type { MacroText, Value } from './value.ts';

/** Where the jobs of a phase run (POOL-1 … POOL-4). */
export type PoolPlan =
  /** A named self-hosted pool; `name` absent: the definition's default pool. */
  | {
      readonly kind: 'pool';
      readonly name?: Value;
      readonly demands: readonly DemandPlan[];
      readonly vmImage?: MacroText;
    }
  /** `pool: server`: runs on the server, needs no agent (JOB-7). */
  | { readonly kind: 'server' };

/** `capability` or `capability -equals value` (POOL-3). Text may hold macros until the job is queued. */
export interface DemandPlan {
  readonly capability: MacroText;
  readonly equals?: MacroText;
}
