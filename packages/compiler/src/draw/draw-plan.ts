import type { Plan } from '@signalbox/model';
import { graphDot } from './graph-dot.ts';
import { graphMermaid } from './graph-mermaid.ts';
import { graphSvg } from './graph-svg.ts';
import { graphText } from './graph-text.ts';
import { planGraph } from './graph.ts';
import type { GraphNode } from './graph.ts';

/** How a graph can be drawn. */
export type GraphFormat = 'text' | 'dot' | 'mermaid' | 'svg';

const DRAWERS: Readonly<Record<GraphFormat, (nodes: readonly GraphNode[]) => string>> = {
  text: graphText,
  dot: graphDot,
  mermaid: graphMermaid,
  svg: graphSvg,
};

/** The words of `GraphFormat`, in the order in which they are offered. */
export const GRAPH_FORMATS: readonly GraphFormat[] = ['text', 'dot', 'mermaid', 'svg'];

/** Draws the stages of a plan with what each waits for; with `jobs` also their jobs. Ends in a line break. */
export function drawPlan(
  plan: Plan,
  options: { readonly format: GraphFormat; readonly jobs: boolean },
): string {
  return DRAWERS[options.format](planGraph(plan, options));
}
