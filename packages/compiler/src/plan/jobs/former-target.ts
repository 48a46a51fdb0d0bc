import type { ContainerReference, DemandPlan, JobStrategy, PoolPlan, Value } from '@signalbox/model';
import { isEmpty } from '../../read/node.ts';
import type { MappingNode, Node } from '../../read/node.ts';
import { containerKey } from '../containers/job-container.ts';
import { warnOfFormerKey } from '../former-key.ts';
import { readFields } from '../key.ts';
import type { Fields, Key, KeyTable, Scope } from '../key.ts';
import { demandsKey } from '../pools/demands.ts';
import { mappingOf, oneOf, TEXT } from '../shape.ts';
import { given, readBoolean, textKey, toValue } from '../values.ts';
import { parallelKey } from './job-strategy.ts';
import { matrixKey } from './matrix.ts';
import { cancelTimeoutKey, jobTimeoutKey } from './timeouts.ts';
import { workspaceKey } from './workspace.ts';

/** The keys of the first preview and what has taken their places. */
const NEWER: Readonly<Record<string, string>> = { queue: 'pool', server: 'pool: server' };

/** What `queue` or `server` say, in the words of today's keys of a job. */
export interface FormerTarget {
  readonly pool?: PoolPlan;
  readonly strategy?: JobStrategy;
  readonly container?: ContainerReference;
  readonly timeoutInMinutes?: Value | number;
  readonly cancelTimeoutInMinutes?: Value | number;
  readonly workspace?: 'outputs' | 'resources' | 'all';
}

const timesKeys = {
  matrix: matrixKey,
  parallel: { ...parallelKey, summary: 'How many instances, or how many legs of the matrix at a time.' },
  timeoutInMinutes: jobTimeoutKey,
  cancelTimeoutInMinutes: cancelTimeoutKey,
};

const queueTable = {
  name: textKey('The name of the pool.'),
  demands: demandsKey,
  container: containerKey,
  workspace: workspaceKey,
  ...timesKeys,
};

/** The keys of a `queue` mapping of the first preview. */
export const queueKeys: KeyTable = queueTable;

/** The keys of a `server` mapping of the first preview. */
export const serverKeys: KeyTable = timesKeys;

/** `queue`: what is now `pool`, with what now stands beside it. */
export const queueKey: Key<FormerTarget> = {
  summary: 'The former word for `pool`, with `matrix`, time-outs and container.',
  shape: oneOf(TEXT, mappingOf('queue')),
  read: readQueue,
};

/** `server`: what is now `pool: server`. */
export const serverKey: Key<FormerTarget> = {
  summary: 'The former way to say `pool: server`: `true`, or a mapping.',
  shape: oneOf({ kind: 'boolean' }, mappingOf('server')),
  read: readServer,
};

function readQueue(node: Node, scope: Scope): FormerTarget | undefined {
  if (isEmpty(node)) return undefined;
  if (node.kind === 'scalar') return { pool: poolOf(node.text, []) };
  const fields = readFields(node, queueTable, '`queue`', scope);
  if (fields === undefined) return undefined;
  const { name = '', demands = [], container, workspace } = fields;
  const says = name !== '' || demands.length > 0;
  return {
    ...given({ pool: says ? poolOf(name, demands) : undefined, container, workspace }),
    ...timesOf(fields),
  };
}

function readServer(node: Node, scope: Scope): FormerTarget | undefined {
  if (isEmpty(node)) return undefined;
  if (node.kind === 'scalar')
    return readBoolean(node, scope) === true ? { pool: { kind: 'server' } } : undefined;
  const fields = readFields(node, timesKeys, '`server`', scope);
  return fields === undefined ? undefined : { pool: { kind: 'server' }, ...timesOf(fields) };
}

function poolOf(name: string, demands: readonly DemandPlan[]): PoolPlan {
  return { kind: 'pool', ...(name === '' ? {} : { name: toValue(name) }), demands };
}

/** `parallel` beside `matrix` limits the legs that run at a time. */
function timesOf(fields: Fields<typeof timesKeys>): FormerTarget {
  const { matrix, parallel, timeoutInMinutes, cancelTimeoutInMinutes } = fields;
  return given({ strategy: strategyOf(matrix, parallel), timeoutInMinutes, cancelTimeoutInMinutes });
}

function strategyOf(
  matrix: Extract<JobStrategy, { kind: 'matrix' }>['legs'] | undefined,
  parallel: Value | number | undefined,
): JobStrategy | undefined {
  if (matrix !== undefined) return { kind: 'matrix', legs: matrix, ...given({ maxParallel: parallel }) };
  return parallel === undefined ? undefined : { kind: 'parallel', count: parallel };
}

/** `queue` and `server` exclude each other; each has a newer form. */
export function checkOneTarget(node: MappingNode, scope: Scope): void {
  const [first, second] = node.entries.filter(({ key }) => Object.hasOwn(NEWER, key.text));
  for (const one of [first, second]) {
    if (one !== undefined) warnOfFormerKey(one.key.text, NEWER[one.key.text] ?? '', one.key.at, scope);
  }
  if (second === undefined) return;
  scope.report('conflicting-keys', second.key.at, 'A job has only one of `queue` and `server`.');
}
