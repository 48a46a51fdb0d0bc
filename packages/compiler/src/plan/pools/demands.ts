import type { DemandPlan } from '@signalbox/model';
import { fold } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import type { ScalarNode } from '../../read/node.ts';
import type { Key, Scope } from '../key.ts';
import { TEXTS } from '../shape.ts';
import { readTextList } from '../values.ts';

/** `demands` of a pool: one or a list of `capability` or `capability -equals value` (POOL-3). */
export const demandsKey: Key<readonly DemandPlan[]> = {
  summary: 'What an agent must have: `capability`, or `capability -equals value`.',
  shape: TEXTS,
  read: (node, scope) =>
    readTextList(node, scope)
      ?.map((one) => readDemand(one, scope))
      .filter((one) => one !== undefined),
};

/** Adds a demand for a capability unless one that only asks for its presence is there (POOL-4). */
export function withDemand(demands: readonly DemandPlan[], capability: string): readonly DemandPlan[] {
  const there = demands.some((one) => fold(one.capability) === fold(capability) && one.equals === undefined);
  return there ? demands : [...demands, { capability }];
}

const HELP = 'Write `capability`, or `capability -equals value`; there are no other comparisons.';

function readDemand({ text, at }: ScalarNode, scope: Scope): DemandPlan | undefined {
  const match = /^\s*(\S+)(?:\s+-equals\s+(.*\S))?\s*$/is.exec(text);
  const [, capability, equals] = match ?? [];
  if (capability === undefined) {
    scope.report('demand-invalid', at, `${quote(text)} is not a demand.`, HELP);
    return undefined;
  }
  return equals === undefined ? { capability } : { capability, equals };
}
