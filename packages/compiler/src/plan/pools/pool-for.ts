import type { PoolPlan, StepPlan } from '@signalbox/model';
import { demanding } from './pool.ts';
import { pwsh } from '../steps/powershell.ts';

/** The pool of a job, with what its steps demand of an agent: PowerShell is not everywhere (POOL-4). */
export function poolFor(pool: PoolPlan, steps: readonly StepPlan[]): PoolPlan {
  return steps.some(({ task }) => task.name === pwsh.task.name) ? demanding(pool, 'pwsh') : pool;
}
