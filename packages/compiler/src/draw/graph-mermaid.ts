import type { GraphNode } from './graph.ts';

/** The graph as a Mermaid flowchart, which many code hosts draw in Markdown. */
export function graphMermaid(nodes: readonly GraphNode[]): string {
  const lines = ['flowchart LR'];
  for (const [index, node] of nodes.entries()) {
    if (node.inner.length === 0) lines.push(`  s${index}[${label(node)}]`);
    else lines.push(...subgraph(node, index));
  }
  for (const [index, { after }] of nodes.entries()) {
    for (const from of after) lines.push(`  s${from} --> s${index}`);
  }
  return `${lines.join('\n')}\n`;
}

function subgraph(node: GraphNode, index: number): readonly string[] {
  const jobs = node.inner.map((job, at) => `    s${index}j${at}[${label(job)}]`);
  const edges = node.inner.flatMap(({ after }, at) =>
    after.map((from) => `    s${index}j${from} --> s${index}j${at}`),
  );
  return [`  subgraph s${index}[${label(node)}]`, ...jobs, ...edges, '  end'];
}

function label({ title, notes }: GraphNode): string {
  return `"${[title, ...notes].map(escape).join('<br>')}"`;
}

/** Whatever could end the label or become markup is written as an entity. */
function escape(text: string): string {
  return text
    .replaceAll(/\p{Cc}+/gu, ' ')
    .replaceAll(/[^\p{L}\p{N} .,:_/()-]/gu, (sign) => `#${sign.codePointAt(0)};`);
}
