import type { PoolPlan } from '@signalbox/model';
import { mapping, writeValue } from './writing.ts';
import type { Written } from './writing.ts';

/** A pool in the mapping form; the definition's default pool is not written (POOL-1, POOL-2). */
export function writePool(pool: PoolPlan): Written | undefined {
  if (pool.kind === 'server') return 'server';
  const demands = pool.demands.map(({ capability, equals }) =>
    equals === undefined ? capability : `${capability} -equals ${equals}`,
  );
  const written = mapping([
    ['name', pool.name === undefined ? undefined : writeValue(pool.name)],
    ['vmImage', pool.vmImage],
    ['demands', demands.length === 0 ? undefined : demands],
  ]);
  return written.size === 0 ? undefined : written;
}

/** True when two pools would be written alike. */
export function samePool(left: PoolPlan, right: PoolPlan): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
