import type { JobPlan, Plan, StagePlan } from '@signalbox/model';
import type { MappingNode, Node } from '../../read/node.ts';
import { valueOf } from '../key.ts';

/** A stage of the plan and the text that it was made of; the implied stage has none. */
export interface StagePart {
  readonly plan: StagePlan;
  readonly node: MappingNode | undefined;
  readonly jobs: readonly JobPart[];
}

/** A job of the plan and the text that it was made of; the implied job has the root's. */
export interface JobPart {
  readonly plan: JobPlan;
  readonly node: MappingNode;
  readonly steps: readonly MappingNode[];
}

/** The stages of a plan beside the tree that it was made of without an error, so that both have the same items. */
export function partsOf(plan: Plan, root: MappingNode): readonly StagePart[] {
  const stages = valueOf(root, 'stages');
  if (stages !== undefined) {
    const nodes = mappingsOf(stages);
    return plan.stages.map((stage, index) => stagePart(stage, nodes[index]));
  }
  const [stage] = plan.stages;
  if (stage === undefined) return [];
  const jobs = valueOf(root, 'jobs');
  return [
    { plan: stage, node: undefined, jobs: jobParts(stage, jobs === undefined ? [root] : mappingsOf(jobs)) },
  ];
}

function stagePart(plan: StagePlan, node: MappingNode | undefined): StagePart {
  const jobs = node === undefined ? undefined : valueOf(node, 'jobs');
  return { plan, node, jobs: jobParts(plan, mappingsOf(jobs)) };
}

function jobParts({ jobs }: StagePlan, nodes: readonly MappingNode[]): readonly JobPart[] {
  return jobs.flatMap((plan, index) => {
    const node = nodes[index];
    return node === undefined ? [] : [{ plan, node, steps: stepsOf(node) }];
  });
}

/** The steps of a job, or of all hooks of a deployment. */
function stepsOf(job: MappingNode): readonly MappingNode[] {
  const steps = mappingsOf(valueOf(job, 'steps'));
  const strategy = valueOf(job, 'strategy');
  return strategy?.kind === 'mapping' ? [...steps, ...stepsBelow(strategy)] : steps;
}

function stepsBelow(node: MappingNode): readonly MappingNode[] {
  return node.entries.flatMap(({ key, value }) => {
    if (key.text === 'steps') return mappingsOf(value);
    return value.kind === 'mapping' && key.text !== 'matrix' ? stepsBelow(value) : [];
  });
}

function mappingsOf(node: Node | undefined): readonly MappingNode[] {
  return node?.kind === 'list' ? node.items.filter((item) => item.kind === 'mapping') : [];
}
