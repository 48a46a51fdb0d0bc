import { parse } from '@signalbox/expressions';
import type { Expression, PlaceName } from '@signalbox/expressions';
import type { MappingNode, Node, ScalarNode } from '../../read/node.ts';
import type { Span } from '../../read/source-file.ts';
import { valueOf } from '../key.ts';
import { toValue } from '../values.ts';
import type { JobPart, StagePart } from './parts.ts';

/** An expression that is evaluated while the run goes on, and what it belongs to. */
export interface Site {
  readonly what: 'condition' | 'variable';
  readonly owner: Owner;
  readonly text: string;
  readonly at: Span;
  readonly tree: Expression;
}

/** What an expression belongs to; the implied stage and the implied job have none of their own. */
export type Owner =
  | { readonly level: 'pipeline' }
  | { readonly level: 'stage'; readonly stage: StagePart; readonly job?: undefined }
  | { readonly level: 'job' | 'step'; readonly stage: StagePart; readonly job: JobPart };

/** All conditions of stages, jobs and steps, and the run-time expressions of all variables (VAR-3). */
export function sitesOf(stages: readonly StagePart[], root: MappingNode): readonly Site[] {
  const own = variableSites(root, { level: 'pipeline' });
  return [...own, ...stages.flatMap((stage) => sitesIn(stage, root))];
}

function sitesIn(stage: StagePart, root: MappingNode): readonly Site[] {
  return [
    ...(stage.node === undefined ? [] : ownSites(stage.node, { level: 'stage', stage })),
    ...stage.jobs.flatMap((job) => [
      ...(job.node === root ? [] : ownSites(job.node, { level: 'job', stage, job })),
      ...job.steps.flatMap((step) => conditionSite(step, { level: 'step', stage, job })),
    ]),
  ];
}

function ownSites(node: MappingNode, owner: Owner): readonly Site[] {
  return [...conditionSite(node, owner), ...variableSites(node, owner)];
}

function variableSites(node: MappingNode, owner: Owner): readonly Site[] {
  return valuesOf(valueOf(node, 'variables')).flatMap((value) => variableSite(value, owner));
}

const PLACE_OF: Readonly<Record<Owner['level'], PlaceName>> = {
  pipeline: 'rootVariable',
  stage: 'stageCondition',
  job: 'jobCondition',
  step: 'stepConditionCheck',
};

function conditionSite(node: MappingNode, owner: Owner): readonly Site[] {
  const condition = valueOf(node, 'condition');
  if (condition?.kind !== 'scalar' || condition.text.trim() === '') return [];
  return siteOf(condition.text.trim(), PLACE_OF[owner.level], condition.at, { owner, what: 'condition' });
}

function variableSite({ text, at }: ScalarNode, owner: Owner): readonly Site[] {
  const value = toValue(text);
  return typeof value === 'string'
    ? []
    : siteOf(value.expression, owner.level === 'pipeline' ? 'rootVariable' : 'variable', at, {
        owner,
        what: 'variable',
      });
}

/** What cannot be parsed is reported elsewhere, or only by who evaluates it. */
function siteOf(
  text: string,
  place: PlaceName,
  at: Span,
  from: Pick<Site, 'owner' | 'what'>,
): readonly Site[] {
  const parsed = parse(text, place);
  return parsed.ok ? [{ ...from, text, at, tree: parsed.tree }] : [];
}

/** The values of `variables` in both forms (VARD-1). */
export function valuesOf(variables: Node | undefined): readonly ScalarNode[] {
  if (variables === undefined || variables.kind === 'scalar') return [];
  const values =
    variables.kind === 'mapping'
      ? variables.entries.map(({ value }) => value)
      : variables.items.map((item) => (item.kind === 'mapping' ? valueOf(item, 'value') : undefined));
  return values.filter((value) => value?.kind === 'scalar');
}
