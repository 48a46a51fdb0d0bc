import type { HookName, HookPlan, PoolPlan } from '@signalbox/model';
import type { Node } from '../../read/node.ts';
import { readFields } from '../key.ts';
import type { Fields, Key, KeyTable, Scope } from '../key.ts';
import { poolFor } from '../pools/pool-for.ts';
import { poolKey } from '../pools/pool.ts';
import { mappingOf, STEPS } from '../shape.ts';
import { readSteps } from '../steps/steps.ts';
import { nodeKey } from '../values.ts';

/** The hooks that a deployment strategy may have; each is read when the pool of the job is known. */
export type LifecycleKeys = Readonly<
  Record<'preDeploy' | 'deploy' | 'routeTraffic' | 'postRouteTraffic' | 'on', Key<Node>>
>;

const hook = (summary: string): Key<Node> => nodeKey(summary, { shape: mappingOf('hook') });

/** The hooks of every deployment strategy (DEP-5). */
export const lifecycleKeys: LifecycleKeys = {
  preDeploy: hook('Runs first.'),
  deploy: hook('Deploys.'),
  routeTraffic: hook('Lets users in.'),
  postRouteTraffic: hook('Looks after it.'),
  on: nodeKey('What runs at the end, by how it went.', { shape: mappingOf('on') }),
};

const outcome = {
  success: hook('Runs when all hooks succeeded.'),
  failure: hook('Runs when a hook failed.'),
};

const keys = {
  steps: nodeKey('What the hook does, in order.', { shape: STEPS }),
  pool: poolKey,
};

/** The keys of `on` (DEP-5). */
export const outcomeKeys: KeyTable = outcome;

/** The keys of one hook (DEP-5). */
export const hookKeys: KeyTable = keys;

/** Reads the hooks of a strategy in the order in which they run (DEP-5). */
export function readHooks(fields: Fields<LifecycleKeys>, pool: PoolPlan, scope: Scope): readonly HookPlan[] {
  const on = fields.on === undefined ? {} : (readFields(fields.on, outcome, '`on`', scope) ?? {});
  const written: readonly (readonly [HookName, Node | undefined])[] = [
    ['preDeploy', fields.preDeploy],
    ['deploy', fields.deploy],
    ['routeTraffic', fields.routeTraffic],
    ['postRouteTraffic', fields.postRouteTraffic],
    ['onSuccess', on.success],
    ['onFailure', on.failure],
  ];
  return written.flatMap(([name, body]) => (body === undefined ? [] : [readHook(name, body, pool, scope)]));
}

/** A hook is a job instance of its own, with its own agent (DEP-5), and fetches nothing by itself (DEP-10). */
function readHook(name: HookName, node: Node, inherited: PoolPlan, scope: Scope): HookPlan {
  const fields = readFields(node, keys, `the hook \`${name}\``, scope) ?? {};
  const pool = fields.pool ?? inherited;
  const steps = readSteps(fields.steps, { pool, checkout: false, at: node.at }, scope);
  return { hook: name, pool: poolFor(pool, steps), steps };
}
