import type { JobPlan } from '@signalbox/model';
import { shapeOf } from '../../read/node.ts';
import type { Node, ScalarNode } from '../../read/node.ts';
import type { Dependency } from '../graph/graph.ts';
import { valueOf } from '../key.ts';
import type { Scope } from '../key.ts';
import { TEXT_HELP } from '../shape-help.ts';

/** A job before its siblings are known: it has no name yet and does not know whom it depends on. */
export interface JobDraft {
  readonly name: ScalarNode | undefined;
  readonly dependsOn: readonly Dependency[];
  readonly finish: (name: string, dependsOn: readonly string[]) => JobPlan;
}

/** The name node of a stage or job item. */
export function nameNode(item: Node, key: string, scope: Scope): ScalarNode | undefined {
  const name = item.kind === 'mapping' ? valueOf(item, key) : undefined;
  if (name === undefined || name.kind === 'scalar') return name;
  scope.report('wrong-shape', name.at, `The name must be text, but this is ${shapeOf(name)}.`, TEXT_HELP);
  return undefined;
}
