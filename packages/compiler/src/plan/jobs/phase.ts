import type { PoolPlan } from '@signalbox/model';
import type { MappingNode } from '../../read/node.ts';
import { warnOfFormerKey } from '../former-key.ts';
import { givenName } from '../graph/names.ts';
import { readFields } from '../key.ts';
import type { KeyTable, Scope } from '../key.ts';
import { poolFor } from '../pools/pool-for.ts';
import { STEPS } from '../shape.ts';
import { readSteps } from '../steps/steps.ts';
import { given, nodeKey, textKey } from '../values.ts';
import { checkOneTarget, queueKey, serverKey } from './former-target.ts';
import { nameNode } from './job-draft.ts';
import type { JobDraft } from './job-draft.ts';
import { jobKeys } from './job-keys.ts';
import { jobBasis } from './job.ts';

const { dependsOn, displayName, condition, continueOnError, variables } = jobKeys;

const keys = {
  phase: textKey('The name of the job.'),
  displayName,
  dependsOn,
  condition,
  continueOnError,
  queue: queueKey,
  server: serverKey,
  variables,
  steps: nodeKey('What the job does, in order.', { shape: STEPS }),
};

/** The keys of a `phase`, the former word for a job. */
export const phaseKeys: KeyTable = keys;

/** Reads an item that begins with `phase`: the job that it means. */
export function readPhase(item: MappingNode, inherited: PoolPlan, scope: Scope): JobDraft {
  const fields = readFields(item, keys, 'a phase', scope) ?? {};
  for (const { key } of item.entries) {
    if (key.text === 'phase') warnOfFormerKey('phase', 'job', key.at, scope);
  }
  checkOneTarget(item, scope);
  const name = nameNode(item, 'phase', scope);
  const { pool = inherited, strategy, ...target } = fields.queue ?? fields.server ?? {};
  const steps = readSteps(fields.steps, { pool, checkout: true, at: item.at }, scope);
  return {
    name,
    dependsOn: fields.dependsOn ?? [],
    finish: (final, after) => ({
      kind: 'job',
      ...jobBasis(
        { ...fields, ...target },
        { name: final, given: givenName(name), dependsOn: after, at: item.at },
      ),
      pool: poolFor(pool, steps),
      ...given({ strategy }),
      steps,
    }),
  };
}
