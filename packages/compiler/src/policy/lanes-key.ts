import { LANES_SUMMARY, LANE_LIMITS, laneProblem, type Lane } from '@signalbox/model';
import { checkKeys, isMapping, readKnown } from '../plan/key.ts';
import type { Key, Scope } from '../plan/key.ts';
import { ANYTHING } from '../plan/shape.ts';
import { integerKey, textKey, textsKey } from '../plan/values.ts';
import { isEmpty, shapeOf } from '../read/node.ts';
import type { Node } from '../read/node.ts';

/** Who waits as if it had come earlier: a list of lanes. */
export const lanesKey: Key<readonly Lane[]> = { summary: LANES_SUMMARY, shape: ANYTHING, read: readLanes };

/** The keys of a lane. */
export const laneKeys: { readonly [K in keyof Lane]: Key<Lane[K]> } = {
  name: { ...textKey('The name of the lane.'), required: true },
  branches: {
    ...textsKey(
      "Full names of branches, or beginnings with '*' at their end; a run of one of them is in the lane.",
    ),
    required: true,
  },
  headStartMinutes: {
    ...integerKey('By how much its runs are ahead.', 1, LANE_LIMITS.headStartMinutes),
    required: true,
  },
};

function readLanes(node: Node, scope: Scope): readonly Lane[] | undefined {
  if (isEmpty(node)) return [];
  if (node.kind !== 'list') {
    const message = `The lanes must be a list, but this is ${shapeOf(node)}.`;
    scope.report('wrong-shape', node.at, message, EXAMPLE);
    return undefined;
  }
  const lanes = node.items.map((item) => readLane(item, scope));
  const read = lanes.filter((lane) => lane !== undefined);
  if (read.length < lanes.length) return undefined;
  const problem = laneProblem(read);
  if (problem === undefined) return read;
  scope.report('wrong-value', node.at, problem, EXAMPLE);
  return undefined;
}

/** A lane with all that it needs, or nothing after a report. */
function readLane(item: Node, scope: Scope): Lane | undefined {
  if (!isMapping(item, 'a lane', scope)) return undefined;
  checkKeys(item, [laneKeys], 'a lane', scope);
  const { name, branches, headStartMinutes } = readKnown(item, laneKeys, scope);
  if (name === undefined || branches === undefined || headStartMinutes === undefined) return undefined;
  return { name, branches, headStartMinutes };
}

const EXAMPLE = "For example `- { name: hotfix, branches: ['refs/heads/hotfix/*'], headStartMinutes: 60 }`.";
