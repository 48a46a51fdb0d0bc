import { fold, type DemandPlan, type PoolPlan } from '@signalbox/model';

/** `capability` or `capability -equals value`; comparisons of agent versions are no question to ours. */
const DEMAND = /^(\S+)(?:\s+-equals\s+(.*\S))?$/is;

/** A pool with the demands of the tasks that its job uses, each once (POOL-4). */
export function withTaskDemands(pool: PoolPlan, demands: readonly string[]): PoolPlan {
  if (pool.kind === 'server' || demands.length === 0) return pool;
  const all = [...pool.demands, ...demands.flatMap(readDemand)];
  const first = new Map<string, DemandPlan>();
  for (const demand of all) if (!first.has(keyOf(demand))) first.set(keyOf(demand), demand);
  return { ...pool, demands: [...first.values()] };
}

function readDemand(text: string): readonly DemandPlan[] {
  const [, capability, equals] = DEMAND.exec(text) ?? [];
  if (capability === undefined) return [];
  return [equals === undefined ? { capability } : { capability, equals }];
}

function keyOf({ capability, equals }: DemandPlan): string {
  return JSON.stringify([fold(capability), equals]);
}
