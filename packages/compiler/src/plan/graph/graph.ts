import { didYouMean } from '@signalbox/expressions';
import { fold } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import type { Report } from '../../diagnostics.ts';
import { MAX_EDGES } from '../../limits.ts';
import type { Span } from '../../read/source-file.ts';

/** A dependency as written, with its place; the implied one of a stage has the stage's place. */
export interface Dependency {
  readonly name: string;
  readonly at: Span;
}

/** A stage or job among its siblings. */
export interface GraphNode {
  readonly name: string;
  readonly at: Span;
  readonly dependsOn: readonly Dependency[];
}

/** Siblings of one level and what they are called. */
export interface Siblings {
  readonly nodes: readonly GraphNode[];
  readonly what: 'stage' | 'job';
  /** False when some sibling could not be read: then a missing dependency may be that one. */
  readonly complete: boolean;
}

/**
 * Checks that dependencies exist and that everything can start (NAME-6, NAME-7). Gives, for each node in order,
 * its dependencies as they are declared, each once.
 */
export function resolveGraph(siblings: Siblings, report: Report): readonly string[][] {
  const { nodes, what, complete } = siblings;
  const index = new Map(nodes.map((node, position) => [fold(node.name), position] as const).toReversed());
  const edges = nodes.map((node) => resolveNode(node, siblings, index, report));
  const count = edges.reduce((sum, one) => sum + one.length, 0);
  const first = nodes[0];
  if (first !== undefined && count > MAX_EDGES) {
    report(
      'plan-too-large',
      first.at,
      `There are ${count} dependencies between ${what}s; ${MAX_EDGES} are allowed.`,
    );
  } else {
    reportCycles(nodes, edges, complete ? what : undefined, report);
  }
  return edges.map((targets) => targets.map(({ to }) => nodes[to]?.name ?? ''));
}

interface Edge {
  readonly to: number;
  readonly at: Span;
}

function resolveNode(
  node: GraphNode,
  { nodes, what, complete }: Siblings,
  index: ReadonlyMap<string, number>,
  report: Report,
): readonly Edge[] {
  const edges = new Map<number, Edge>();
  for (const { name, at } of node.dependsOn) {
    const to = index.get(fold(name));
    if (to !== undefined) {
      if (!edges.has(to)) edges.set(to, { to, at });
      continue;
    }
    if (!complete) continue;
    const scope = what === 'stage' ? 'stage of this pipeline' : 'job of this stage';
    const message = `${quote(node.name)} depends on ${quote(name)}, which is no ${scope}.`;
    const names = (): readonly string[] => nodes.filter((one) => one !== node).map((one) => one.name);
    report('dependency-not-found', at, message, () => didYouMean(name, names()) || listHelp(what, names()));
  }
  return [...edges.values()];
}

function listHelp(what: string, names: readonly string[]): string {
  if (names.length === 0) return `There is no other ${what}; remove \`dependsOn\`.`;
  const shown = names.slice(0, 10).join(', ');
  return `The other ${what}s are: ${shown}${names.length > 10 ? ', …' : ''}.`;
}

/**
 * Reports each circle that depth first search meets, or only the first one where nothing at all could start. `what` is
 * undefined where that cannot be said, because some sibling could not be read.
 */
function reportCycles(
  nodes: readonly GraphNode[],
  edges: readonly (readonly Edge[])[],
  what: Siblings['what'] | undefined,
  report: Report,
): void {
  const nothingStarts = what !== undefined && edges.length > 0 && edges.every((one) => one.length > 0);
  let first = true;
  walkBackEdges(edges, (path, back) => {
    const circle = path.slice(path.indexOf(back.to));
    const text = arrows(circle.map((one) => nodes[one]?.name ?? ''));
    const { at } = forwardEdge(circle, edges, back);
    if (!nothingStarts) report('graph-contains-cycle', at, `The dependencies run in a circle: ${text}.`);
    else if (first) report('starting-point-not-found', at, `Every ${what} depends on another one: ${text}.`);
    first = false;
  });
}

/** Authors depend on what stands above: of a circle, the edge that leads down, or to the node itself, is to blame. */
function forwardEdge(circle: readonly number[], edges: readonly (readonly Edge[])[], back: Edge): Edge {
  for (const [index, from] of circle.entries()) {
    const to = circle[index + 1] ?? back.to;
    const edge = to < from ? undefined : edges[from]?.find((one) => one.to === to);
    if (edge !== undefined) return edge;
  }
  return back;
}

function arrows(names: readonly string[]): string {
  const shown = names.length > 10 ? [...names.slice(0, 9), '…'] : names;
  return [...shown, names[0] ?? ''].join(' → ');
}

/** Depth first without recursion. */
function walkBackEdges(
  edges: readonly (readonly Edge[])[],
  onBackEdge: (path: readonly number[], back: Edge) => void,
): void {
  const state: ('new' | 'open' | 'done')[] = edges.map(() => 'new');
  for (let root = 0; root < edges.length; root++) {
    if (state[root] !== 'new') continue;
    const path = [root];
    const next = [0];
    state[root] = 'open';
    while (path.length > 0) {
      const node = path.at(-1) ?? 0;
      const position = next.at(-1) ?? 0;
      const edge = edges[node]?.[position];
      next[next.length - 1] = position + 1;
      if (edge === undefined) {
        state[node] = 'done';
        path.pop();
        next.pop();
      } else if (state[edge.to] === 'open') {
        onBackEdge(path, edge);
      } else if (state[edge.to] === 'new') {
        state[edge.to] = 'open';
        path.push(edge.to);
        next.push(0);
      }
    }
  }
}
