import type { HookName, HookPlan, PoolPlan } from '@signalbox/model';
import type { Node } from '../../read/node.ts';
import { readFields, startOf } from '../key.ts';
import type { KeyTable, Scope } from '../key.ts';
import { poolKey } from '../pools/pool.ts';
import { poolFor } from '../pools/pool-for.ts';
import { readSteps } from '../steps/steps.ts';
import { laterKey, nodeKey } from '../values.ts';

const strategyKeys = {
  runOnce: nodeKey('Every hook once, one after the other.'),
  rolling: laterKey('A few machines at a time.'),
  canary: laterKey('To more and more of the users.'),
};

const outcomeKeys = {
  success: nodeKey('Runs when all hooks succeeded.'),
  failure: nodeKey('Runs when a hook failed.'),
};

const runOnceKeys = {
  preDeploy: nodeKey('Runs first.'),
  deploy: nodeKey('Deploys.'),
  routeTraffic: nodeKey('Lets users in.'),
  postRouteTraffic: nodeKey('Looks after it.'),
  on: nodeKey('What runs at the end, by how it went.'),
};

const hookKeys = {
  steps: nodeKey('What the hook does, in order.'),
  pool: poolKey,
};

/** The tables of a deployment's `strategy` (DEP-5, DEP-6). */
export const strategyTables: Readonly<Record<'strategy' | 'runOnce' | 'on' | 'hook', KeyTable>> = {
  strategy: strategyKeys,
  runOnce: runOnceKeys,
  on: outcomeKeys,
  hook: hookKeys,
};

/**
 * Reads `strategy` of a deployment job: its hooks in the order in which they run (DEP-5). Production files have
 * deployment jobs without one, only for the checks of their environment; they get an empty `deploy`.
 */
export function readStrategy(node: Node | undefined, pool: PoolPlan, scope: Scope): readonly HookPlan[] {
  if (node === undefined) return [{ hook: 'deploy', pool, steps: [] }];

  const strategy = readFields(node, strategyKeys, 'the strategy of a deployment job', scope);
  if (strategy === undefined) return [];
  if (strategy.runOnce === undefined) {
    const supported =
      node.kind === 'mapping' && node.entries.some(({ key }) => Object.hasOwn(strategyKeys, key.text));
    if (!supported) scope.report('missing-key', startOf(node), 'A strategy needs `runOnce`.');
    return [];
  }
  const hooks = readRunOnce(strategy.runOnce, pool, scope);
  if (hooks?.length === 0)
    scope.report('missing-key', strategy.runOnce.at, '`runOnce` needs at least one hook.');
  return hooks ?? [];
}

function readRunOnce(node: Node, pool: PoolPlan, scope: Scope): readonly HookPlan[] | undefined {
  const fields = readFields(node, runOnceKeys, '`runOnce`', scope);
  if (fields === undefined) return undefined;
  const outcome = fields.on === undefined ? {} : (readFields(fields.on, outcomeKeys, '`on`', scope) ?? {});
  const written: readonly (readonly [HookName, Node | undefined])[] = [
    ['preDeploy', fields.preDeploy],
    ['deploy', fields.deploy],
    ['routeTraffic', fields.routeTraffic],
    ['postRouteTraffic', fields.postRouteTraffic],
    ['onSuccess', outcome.success],
    ['onFailure', outcome.failure],
  ];
  return written.flatMap(([hook, body]) => (body === undefined ? [] : [readHook(hook, body, pool, scope)]));
}

/** A hook is a job instance of its own, with its own agent (DEP-5), and fetches nothing by itself (DEP-10). */
function readHook(hook: HookName, node: Node, inherited: PoolPlan, scope: Scope): HookPlan {
  const fields = readFields(node, hookKeys, `the hook \`${hook}\``, scope) ?? {};
  const pool = fields.pool ?? inherited;
  const steps = readSteps(fields.steps, { pool, checkout: false, at: node.at }, scope);
  return { hook, pool: poolFor(pool, steps), steps };
}
