import { parse, referencedNames } from '@signalbox/expressions';
import type { Expression } from '@signalbox/expressions';
import type { PlaceName } from '@signalbox/expressions';
import { fold } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import type { Report } from '../../diagnostics.ts';
import type { MappingNode } from '../../read/node.ts';
import { startOf, valueOf } from '../key.ts';
import { ancestorsOf } from './ancestors.ts';
import type { Node } from './ancestors.ts';
import { callsIn } from './expression-parts.ts';
import type { StagePart } from './parts.ts';

/**
 * The default condition looks at all ancestors, not at the direct dependencies alone: where one of them was skipped,
 * this is skipped, too, although what it depends on ran because of a condition of its own (EXPR-64).
 */
export function warnOfSkippedAncestors(stages: readonly StagePart[], report: Report): void {
  warnAmong(stages.map(draftOf), 'stageCondition', report);
  for (const { jobs } of stages) warnAmong(jobs.map(draftOf), 'jobCondition', report);
}

interface Conditioned extends Node {
  readonly condition?: string;
}

interface Draft {
  readonly node: MappingNode | undefined;
  readonly plan: Conditioned;
}

function draftOf({ node, plan }: Draft): Draft {
  return { node, plan };
}

function warnAmong(drafts: readonly Draft[], place: PlaceName, report: Report): void {
  const nodes = drafts.map(({ plan }) => plan);
  const trees = new Map(nodes.map((node) => [node, treeOf(node, place)]));
  const byName = new Map(nodes.map((one) => [fold(one.name), one]));
  const skippable = skippableAncestors(nodes, trees);
  for (const { plan, node } of drafts) {
    if (node === undefined || !asksForAll(plan, trees.get(plan))) continue;
    const direct = new Set(plan.dependsOn);
    for (const name of plan.dependsOn) {
      const through = byName.get(fold(name));
      if (through === undefined) continue;
      const skipped = skippable(through).find((one) => !direct.has(one.name));
      if (skipped !== undefined) warnOf(plan, { through, skipped }, node, report);
    }
  }
}

/**
 * Gives the ancestors of a node whose skipping it may outlive: none unless it has a condition of its own. Each node is
 * looked at once, because there may be fifty thousand dependencies.
 */
function skippableAncestors(
  nodes: readonly Conditioned[],
  trees: ReadonlyMap<Conditioned, Expression | undefined>,
): (node: Conditioned) => readonly Conditioned[] {
  const skippable = new Set(nodes.filter((one) => mayBeSkipped(trees.get(one))));
  const known = new Map<Conditioned, readonly Conditioned[]>();
  return (node) => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const tree = trees.get(node);
    const found =
      tree === undefined || skippable.size === 0 || !bearsSkips(tree)
        ? []
        : ancestorsOf(node, nodes).filter((one) => skippable.has(one));
    known.set(node, found);
    return found;
  };
}

function warnOf(
  plan: Conditioned,
  { through, skipped }: { readonly through: Conditioned; readonly skipped: Conditioned },
  node: MappingNode,
  report: Report,
): void {
  const at = (valueOf(node, 'condition') ?? valueOf(node, 'dependsOn'))?.at ?? startOf(node);
  const message = `${quote(plan.name)} is skipped whenever ${quote(skipped.name)} is, even when ${quote(through.name)} runs.`;
  const help = `The default looks at all ancestors. To run after ${quote(through.name)} whatever was skipped before: \`condition: succeeded('${through.name}')\`.`;
  report('skipped-ancestor', at, message, help);
}

function treeOf({ condition }: Conditioned, place: PlaceName): Expression | undefined {
  if (condition === undefined) return undefined;
  const parsed = parse(condition, place);
  return parsed.ok ? parsed.tree : undefined;
}

/** No condition, or exactly `succeeded()`: then nothing tells that its author thought of skips. */
function asksForAll({ condition }: Conditioned, tree: Expression | undefined): boolean {
  return (
    condition === undefined || (tree?.type === 'call' && tree.name === 'succeeded' && tree.args.length === 0)
  );
}

/** True for a condition that may hold although an ancestor was skipped: it does not ask for the success of all. */
function bearsSkips(tree: Expression): boolean {
  return !callsIn(tree).some(
    ({ name, args }) => ['succeeded', 'failed', 'succeededOrFailed'].includes(name) && args.length === 0,
  );
}

/** True for a condition that depends on what the run finds. */
function mayBeSkipped(tree: Expression | undefined): boolean {
  return tree !== undefined && referencedNames(tree).references.length > 0;
}
