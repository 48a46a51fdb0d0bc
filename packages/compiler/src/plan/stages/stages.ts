import type { StagePlan } from '@signalbox/model';
import { MAX_JOBS, MAX_STAGES } from '../../limits.ts';
import { shapeOf } from '../../read/node.ts';
import type { Node } from '../../read/node.ts';
import { resolveGraph } from '../graph/graph.ts';
import type { Dependency } from '../graph/graph.ts';
import { checkNames, nameNodes } from '../graph/names.ts';
import { checkItemKind } from '../item-kind.ts';
import { isMapping } from '../key.ts';
import type { Scope } from '../key.ts';
import { readStage } from './stage.ts';
import type { Inherited, StageDraft } from './stage.ts';
import { listHelp } from '../shape-help.ts';

/** Reads `stages`: each by itself, then their names and dependencies among each other (NAME-6). */
export function readStages(list: Node, inherited: Inherited, scope: Scope): readonly StagePlan[] {
  if (list.kind !== 'list' || list.items.length === 0) {
    const found = list.kind === 'list' ? 'an empty list' : shapeOf(list);
    scope.report(
      'wrong-shape',
      list.at,
      `Stages must be a list with at least one stage, but this is ${found}.`,
      listHelp(list, '- stage: NAME'),
    );
    return [];
  }
  if (list.items.length > MAX_STAGES) {
    const message = `The pipeline has ${list.items.length} stages; ${MAX_STAGES} are allowed.`;
    scope.report('plan-too-large', list.at, message);
    return [];
  }
  const drafts = list.items
    .map((item) => readItem(item, inherited, scope))
    .filter((one) => one !== undefined);
  return finishStages(drafts, drafts.length === list.items.length, scope);
}

/** Names the stages, resolves their dependencies and makes their plans. */
export function finishStages(
  drafts: readonly StageDraft[],
  complete: boolean,
  scope: Scope,
): readonly StagePlan[] {
  const names = nameNodes(drafts, 'Stage');
  checkNames(
    drafts.map(({ name }) => name),
    'stage',
    scope.report,
  );
  const nodes = drafts.map((draft, index) => ({
    name: names[index] ?? '',
    at: draft.at,
    dependsOn: draft.dependsOn ?? previous(names, index, draft),
  }));
  const dependencies = resolveGraph({ nodes, what: 'stage', complete }, scope.report);
  const stages = drafts.map(({ finish }, index) => finish(names[index] ?? '', dependencies[index] ?? []));
  const jobs = stages.reduce((sum, stage) => sum + stage.jobs.length, 0);
  const first = drafts[0];
  if (jobs > MAX_JOBS && first !== undefined) {
    scope.report('plan-too-large', first.at, `The pipeline has ${jobs} jobs; ${MAX_JOBS} are allowed.`);
  }
  return stages;
}

/** A stage that does not say so depends on the one before it; the first one on none (YAML-21). */
function previous(names: readonly string[], index: number, { at }: StageDraft): readonly Dependency[] {
  const name = index === 0 ? undefined : names[index - 1];
  return name === undefined ? [] : [{ name, at }];
}

function readItem(item: Node, inherited: Inherited, scope: Scope): StageDraft | undefined {
  if (!isMapping(item, 'a stage', scope, 'Begin it with `- stage: NAME`, and write its `jobs:` below.'))
    return undefined;
  const kind = checkItemKind(item, ['stage', 'template'], 'a stage', scope);
  return kind === 'stage' ? readStage(item, inherited, scope) : undefined;
}
