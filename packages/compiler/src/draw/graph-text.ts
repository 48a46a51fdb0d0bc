import { layersOf } from './layers.ts';
import type { GraphNode } from './graph.ts';

/**
 * The graph for a terminal: a line per node, numbered by the layer in which it can start at the earliest, with what it
 * waits for. Jobs stand below their stage.
 */
export function graphText(nodes: readonly GraphNode[]): string {
  return block(nodes, '').join('');
}

function block(nodes: readonly GraphNode[], indent: string): readonly string[] {
  const layers = layersOf(nodes.map(({ after }) => after));
  const order = nodes.map((_, index) => index).toSorted((a, b) => (layers[a] ?? 0) - (layers[b] ?? 0));
  const labels = nodes.map(label);
  const width = Math.max(0, ...labels.map(({ length }) => Math.min(length, 40)));
  const digits = String(Math.max(0, ...layers) + 1).length;
  return order.flatMap((index, at) => {
    const node = nodes[index];
    if (node === undefined) return [];
    const layer = layers[index] ?? 0;
    const isFirst = at === 0 || layers[order[at - 1] ?? -1] !== layer;
    const number = isFirst ? String(layer + 1).padStart(digits) : ' '.repeat(digits);
    const after = node.after.map((one) => nodes[one]?.name ?? '');
    const facts = [...(after.length === 0 ? [] : [`after ${after.join(', ')}`]), ...node.notes.map(clean)];
    const line = `${indent}${number}  ${(labels[index] ?? '').padEnd(width)}  ${facts.join(' · ')}`.trimEnd();
    return [`${line}\n`, ...block(node.inner, `${indent}${' '.repeat(digits + 2)}  `)];
  });
}

/** The name, which other lines refer to, and the title where it says more. */
function label({ name, title }: GraphNode): string {
  return clean(title === name ? name : `${name} (${title})`);
}

/** Control characters of a title would move the cursor. */
function clean(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ');
}
