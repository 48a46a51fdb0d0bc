import type { GraphNode } from './graph.ts';

/** The graph in the DOT language of Graphviz; jobs are records in the box of their stage. */
export function graphDot(nodes: readonly GraphNode[]): string {
  const lines = [
    'digraph pipeline {',
    '  rankdir=LR;',
    '  compound=true;',
    '  node [shape=box, style=rounded];',
  ];
  for (const [index, node] of nodes.entries()) {
    if (node.inner.length === 0) lines.push(`  s${index} [label=${label(node)}];`);
    else lines.push(...cluster(node, index));
  }
  for (const [index, { after }] of nodes.entries()) {
    for (const from of after) lines.push(`  ${edge(nodes, from, index)}`);
  }
  return `${[...lines, '}'].join('\n')}\n`;
}

function cluster(node: GraphNode, index: number): readonly string[] {
  const jobs = node.inner.map((job, at) => `    s${index}j${at} [label=${label(job)}];`);
  const edges = node.inner.flatMap(({ after }, at) =>
    after.map((from) => `    s${index}j${from} -> s${index}j${at};`),
  );
  return [`  subgraph cluster_${index} {`, `    label=${label(node)};`, ...jobs, ...edges, '  }'];
}

/** An edge between boxes starts and ends at a node inside, and is cut at the boxes. */
function edge(nodes: readonly GraphNode[], from: number, to: number): string {
  const end = (index: number, last: boolean): string => {
    const jobs = nodes[index]?.inner.length ?? 0;
    return jobs === 0 ? `s${index}` : `s${index}j${last ? jobs - 1 : 0}`;
  };
  const cuts = [
    ...((nodes[from]?.inner.length ?? 0) > 0 ? [`ltail=cluster_${from}`] : []),
    ...((nodes[to]?.inner.length ?? 0) > 0 ? [`lhead=cluster_${to}`] : []),
  ];
  return `${end(from, true)} -> ${end(to, false)}${cuts.length === 0 ? '' : ` [${cuts.join(', ')}]`};`;
}

function label({ title, notes }: GraphNode): string {
  return `"${[title, ...notes].map(escape).join('\\n')}"`;
}

/** DOT knows escapes of its own behind a backslash, so each is doubled. */
function escape(text: string): string {
  return text
    .replaceAll(/\p{Cc}+/gu, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"');
}
