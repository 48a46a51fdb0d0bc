import type { PoolPlan } from '@signalbox/model';
import type { Node } from '../../read/node.ts';
import { demandsKey, withDemand } from './demands.ts';
import { readFields } from '../key.ts';
import type { Key, KeyTable, Scope } from '../key.ts';
import { mappingOf, oneOf, TEXT } from '../shape.ts';
import { booleanKey, nodeKey, textKey, toValue } from '../values.ts';

const keys = {
  name: textKey('The name of the pool.'),
  demands: demandsKey,
  vmImage: textKey('The image of a hosted pool.'),
  // Not in the documentation, but production files have them; nothing follows from them.
  image: textKey('Has no effect: agents offer their image as a capability.'),
  os: textKey('Has no effect: a demand on `Agent.OS` chooses a system.'),
  type: textKey('Has no effect.'),
  hostArchitecture: textKey('Has no effect: a demand on `Agent.OSArchitecture` chooses one.'),
  isCustom: booleanKey('Has no effect.'),
  workspace: nodeKey('Has no effect: it belongs to the job.', { shape: mappingOf('workspace') }),
};

/** The keys of a `pool` mapping (POOL-1). */
export const poolKeys: KeyTable = keys;

/** `pool`: a name, `server`, or a mapping (POOL-1). Nothing means none at this level. */
export const poolKey: Key<PoolPlan> = {
  summary: 'Where the jobs run: the name of a pool, `server`, or a mapping.',
  shape: oneOf(TEXT, mappingOf('pool')),
  read: readPool,
};

/** The definition's default pool: what a job gets when no level says otherwise (POOL-2). */
export const DEFAULT_POOL: PoolPlan = { kind: 'pool', demands: [] };

/** The pool with a further capability demanded; the server has all it needs. */
export function demanding(pool: PoolPlan, capability: string): PoolPlan {
  return pool.kind === 'server' ? pool : { ...pool, demands: withDemand(pool.demands, capability) };
}

function readPool(node: Node, scope: Scope): PoolPlan | undefined {
  if (node.kind === 'scalar') {
    if (node.text === '') return undefined;
    return node.text === 'server'
      ? { kind: 'server' }
      : { kind: 'pool', name: toValue(node.text), demands: [] };
  }
  const fields = readFields(node, keys, 'a pool', scope);
  if (fields === undefined) return undefined;
  return {
    kind: 'pool',
    ...(fields.name === undefined || fields.name === '' ? {} : { name: toValue(fields.name) }),
    demands: fields.demands ?? [],
    ...(fields.vmImage === undefined || fields.vmImage === '' ? {} : { vmImage: fields.vmImage }),
  };
}
