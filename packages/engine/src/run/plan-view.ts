import { fold, type FoldedName, type JobPlan, type Plan, type StagePlan } from '@signalbox/model';

/** A job of the plan with its place in the graph of its stage. */
export interface JobView {
  readonly key: FoldedName;
  readonly plan: JobPlan;
  readonly dependsOn: readonly FoldedName[];
  /** Direct and indirect dependencies: what status functions look at (EXPR-62). */
  readonly ancestors: readonly FoldedName[];
}

/** A stage of the plan with its place in the graph. */
export interface StageView {
  readonly key: FoldedName;
  readonly plan: StagePlan;
  readonly dependsOn: readonly FoldedName[];
  readonly ancestors: readonly FoldedName[];
  /** In the order of the file. */
  readonly jobs: ReadonlyMap<FoldedName, JobView>;
  /** The same jobs, each after those it depends on. */
  readonly jobsInOrder: readonly JobView[];
}

/** A plan, indexed once for all decisions of a working copy. */
export interface PlanView {
  readonly plan: Plan;
  /** In the order of the file. */
  readonly stages: ReadonlyMap<FoldedName, StageView>;
  /** The same stages, each after those it depends on. */
  readonly inOrder: readonly StageView[];
}

/** Indexes a plan by folded names. */
export function viewPlan(plan: Plan): PlanView {
  const graph = linkNodes(plan.stages);
  const stages = new Map<FoldedName, StageView>();
  for (const stage of plan.stages) {
    const key = fold(stage.name);
    stages.set(key, { key, plan: stage, ...edgesOf(graph, key), ...viewJobs(stage) });
  }
  return { plan, stages, inOrder: pick(stages, graph.keys()) };
}

function viewJobs(stage: StagePlan): Pick<StageView, 'jobs' | 'jobsInOrder'> {
  const graph = linkNodes(stage.jobs);
  const jobs = new Map<FoldedName, JobView>();
  for (const job of stage.jobs) {
    const key = fold(job.name);
    jobs.set(key, { key, plan: job, ...edgesOf(graph, key) });
  }
  return { jobs, jobsInOrder: pick(jobs, graph.keys()) };
}

function pick<T>(from: ReadonlyMap<FoldedName, T>, keys: Iterable<FoldedName>): readonly T[] {
  return [...keys].map((key) => from.get(key)).filter((one) => one !== undefined);
}

interface Edges {
  readonly dependsOn: readonly FoldedName[];
  readonly ancestors: readonly FoldedName[];
}

interface Node {
  readonly name: string;
  readonly dependsOn: readonly string[];
}

/** The nodes in topological order with their edges; the compiler has refused circles and unknown names. */
function linkNodes(nodes: readonly Node[]): ReadonlyMap<FoldedName, Edges> {
  const waiting = new Map(nodes.map((node) => [fold(node.name), node.dependsOn.map(fold)]));
  const linked = new Map<FoldedName, Edges>();
  for (let before = -1; before !== linked.size;) {
    before = linked.size;
    for (const [key, dependsOn] of waiting) {
      if (linked.has(key) || !dependsOn.every((name) => linked.has(name))) continue;
      const ancestors = new Set(dependsOn.flatMap((name) => [...(linked.get(name)?.ancestors ?? []), name]));
      linked.set(key, { dependsOn, ancestors: [...ancestors] });
    }
  }
  return linked;
}

function edgesOf(graph: ReadonlyMap<FoldedName, Edges>, key: FoldedName): Edges {
  return graph.get(key) ?? { dependsOn: [], ancestors: [] };
}
