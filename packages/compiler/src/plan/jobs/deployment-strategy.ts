import type { DeploymentStrategy, HookPlan, PoolPlan, Value } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import { isEmpty, shapeOf } from '../../read/node.ts';
import type { MappingNode, Node } from '../../read/node.ts';
import { checkKeys, isMapping, isMisspelt, readFields, readKnown, startOf } from '../key.ts';
import type { Fields, Key, KeyTable, Scope } from '../key.ts';
import { lateValue, readLateInteger } from '../late.ts';
import { mappingOf, oneOf, TEXT } from '../shape.ts';
import { nodeKey } from '../values.ts';
import { hookKeys, lifecycleKeys, outcomeKeys, readHooks } from './hooks.ts';
import type { LifecycleKeys } from './hooks.ts';
import { listHelp } from '../shape-help.ts';

const strategyKeys = {
  runOnce: nodeKey('Every hook once, one after the other.', { shape: mappingOf('runOnce') }),
  rolling: nodeKey('A few machines at a time.', { shape: mappingOf('rolling') }),
  canary: nodeKey('To more and more of the users.', { shape: mappingOf('canary') }),
};

const batchKey: Key<Value | number> = {
  summary: 'How many machines at a time: a number, or a share such as `25%`. All without it.',
  shape: oneOf({ kind: 'integer', min: 1, max: 2_147_483_647 }, TEXT),
  read: readBatch,
};

const incrementsKey: Key<readonly (Value | number)[]> = {
  summary: 'Per cent of the users, one after the other, before all of them.',
  shape: { kind: 'texts' },
  read: readIncrements,
};

const rollingKeys = { maxParallel: batchKey, ...lifecycleKeys };
const canaryKeys = { increments: incrementsKey, ...lifecycleKeys };

type StrategyTable = 'strategy' | 'runOnce' | 'rolling' | 'canary' | 'on' | 'hook';

/** The tables of a deployment's `strategy` (DEP-5 … DEP-8). */
export const strategyTables: Readonly<Record<StrategyTable, KeyTable>> = {
  strategy: strategyKeys,
  runOnce: lifecycleKeys,
  rolling: rollingKeys,
  canary: canaryKeys,
  on: outcomeKeys,
  hook: hookKeys,
};

/** How a deployment goes about it, and its hooks in the order in which they run. */
export interface Deploying {
  readonly strategy: DeploymentStrategy;
  readonly hooks: readonly HookPlan[];
}

const RUN_ONCE: DeploymentStrategy = { kind: 'runOnce' };

/**
 * Reads `strategy` of a deployment job (DEP-5). Production files have deployment jobs without one, only for the
 * checks of their environment; they get an empty `deploy`.
 */
export function readDeploymentStrategy(node: Node | undefined, pool: PoolPlan, scope: Scope): Deploying {
  if (node === undefined || isEmpty(node)) {
    return { strategy: RUN_ONCE, hooks: [{ hook: 'deploy', pool, steps: [] }] };
  }
  const nothing: Deploying = { strategy: RUN_ONCE, hooks: [] };
  if (!isMapping(node, 'the strategy of a deployment job', scope)) return nothing;
  checkKeys(node, [strategyKeys], 'the strategy of a deployment job', scope);
  const kind = onlyKind(node, scope);
  const body = kind === undefined ? undefined : readKnown(node, strategyKeys, scope)[kind];
  if (kind === undefined || body === undefined) return nothing;
  const { fields, strategy } = readKind(kind, body, scope);
  if (fields === undefined) return nothing;
  const hooks = readHooks(fields, pool, scope);
  if (hooks.length === 0) scope.report('missing-key', body.at, `\`${kind}\` needs at least one hook.`);
  return { strategy, hooks };
}

type Kind = keyof typeof strategyKeys;

/** Exactly one of the three (DEP-1). */
function onlyKind(node: MappingNode, scope: Scope): Kind | undefined {
  const [first, second] = node.entries.filter(({ key }) => Object.hasOwn(strategyKeys, key.text));
  if (first === undefined) {
    if (Object.keys(strategyKeys).some((name) => isMisspelt(name, node, [strategyKeys]))) return undefined;
    scope.report(
      'missing-key',
      startOf(node),
      'A strategy needs one of the keys `runOnce`, `rolling`, `canary`.',
    );
  } else if (second !== undefined) {
    const message = `A strategy has only one of ${quote(first.key.text)} and ${quote(second.key.text)}.`;
    scope.report('conflicting-keys', second.key.at, message);
  }
  return first?.key.text as Kind | undefined;
}

interface ReadKind {
  readonly fields: Fields<LifecycleKeys> | undefined;
  readonly strategy: DeploymentStrategy;
}

function readKind(kind: Kind, body: Node, scope: Scope): ReadKind {
  const what = `\`${kind}\``;
  if (kind === 'runOnce') {
    return { fields: readFields(body, lifecycleKeys, what, scope), strategy: RUN_ONCE };
  }
  if (kind === 'rolling') {
    const fields = readFields(body, rollingKeys, what, scope);
    const maxParallel = fields?.maxParallel;
    return { fields, strategy: { kind, ...(maxParallel === undefined ? {} : { maxParallel }) } };
  }
  const fields = readFields(body, canaryKeys, what, scope);
  return { fields, strategy: { kind, increments: fields?.increments ?? [] } };
}

/** A number of machines from 1, or 1 to 100 per cent of them (DEP-7). */
function readBatch(node: Node, scope: Scope): Value | number | undefined {
  const share = node.kind === 'scalar' ? /^\s*(\d+)\s*%\s*$/.exec(node.text)?.[1] : undefined;
  if (share === undefined) return readLateInteger(node, { min: 1, max: 2_147_483_647 }, scope);
  const percent = Number(share);
  if (percent >= 1 && percent <= 100) return `${percent}%`;
  scope.report('out-of-range', node.at, `${share}% is not between 1% and 100%.`);
  return undefined;
}

function readIncrements(node: Node, scope: Scope): readonly (Value | number)[] | undefined {
  if (isEmpty(node)) return [];
  if (node.kind === 'list') {
    return node.items
      .map((item) => lateValue(item) ?? readLateInteger(item, { min: 1, max: 100 }, scope))
      .filter((one) => one !== undefined);
  }
  scope.report(
    'wrong-shape',
    node.at,
    `Increments must be a list, but this is ${shapeOf(node)}.`,
    listHelp(node, '- 10'),
  );
  return undefined;
}
