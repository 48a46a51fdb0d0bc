import type { JobStrategy, Value } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import { MAX_JOBS_PER_STAGE } from '../../limits.ts';
import { isEmpty } from '../../read/node.ts';
import type { Node } from '../../read/node.ts';
import { readFields, valueOf } from '../key.ts';
import type { Key, KeyTable, Scope } from '../key.ts';
import { lateIntegerKey } from '../late.ts';
import { mappingOf } from '../shape.ts';
import { matrixKey } from './matrix.ts';

/** Any number that fits 32 bits: 0 and less mean all at a time (MTX-6), 1 and less no slices (MTX-4). */
const ANY_NUMBER = { min: -2_147_483_648, max: 2_147_483_647 };

const countKey = lateIntegerKey('How many instances; 1 or less: one plain job.', ANY_NUMBER);

/** `parallel`: how many instances there are of a job (MTX-4), as many at most as a stage has jobs (YAML-8). */
export const parallelKey: Key<Value | number> = {
  ...countKey,
  read(node, scope) {
    const count = countKey.read(node, scope);
    if (typeof count !== 'number' || count <= MAX_JOBS_PER_STAGE) return count;
    const message = `The job has ${count} instances; ${MAX_JOBS_PER_STAGE} are allowed.`;
    scope.report('plan-too-large', node.at, message);
    return undefined;
  },
};

const keys = {
  matrix: matrixKey,
  parallel: parallelKey,
  maxParallel: lateIntegerKey('How many legs of a matrix run at a time; 0 or less: all.', ANY_NUMBER),
};

/** The keys of the `strategy` of a plain job (MTX-1, MTX-4, MTX-6). */
export const jobStrategyKeys: KeyTable = keys;

/** `strategy` of a plain job: gives nothing when it asks for one plain instance. */
export const jobStrategyKey: Key<JobStrategy> = {
  summary: 'Several instances of the job: `matrix` or `parallel`.',
  shape: mappingOf('job strategy'),
  read: readStrategy,
};

function readStrategy(node: Node, scope: Scope): JobStrategy | undefined {
  if (isEmpty(node)) return undefined;
  const fields = readFields(node, keys, 'the strategy of a job', scope);
  if (fields === undefined) return undefined;
  checkConflicts(node, scope);
  const { matrix, parallel, maxParallel } = fields;
  if (parallel !== undefined) return { kind: 'parallel', count: parallel };
  if (matrix === undefined) return undefined;
  return { kind: 'matrix', legs: matrix, ...(maxParallel === undefined ? {} : { maxParallel }) };
}

/** Slices go neither with legs nor with a limit of legs (MTX-7). */
function checkConflicts(node: Node, scope: Scope): void {
  if (node.kind !== 'mapping' || valueOf(node, 'parallel') === undefined) return;
  const other = node.entries.find(({ key }) => key.text === 'matrix' || key.text === 'maxParallel')?.key;
  if (other === undefined) return;
  const message = `A strategy with 'parallel' cannot have ${quote(other.text)}.`;
  scope.report('conflicting-keys', other.at, message);
}
