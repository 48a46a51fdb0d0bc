import { fold } from '@signalbox/model';

/** A stage or a job among its siblings. */
export interface Node {
  readonly name: string;
  readonly dependsOn: readonly string[];
}

/** The sibling of that name, in any letter case. */
export function namedNode<T extends { readonly name: string }>(
  nodes: readonly T[],
  name: string,
): T | undefined {
  return nodes.find((one) => fold(one.name) === fold(name));
}

/** All direct and indirect dependencies (EXPR-62). */
export function ancestorsOf<T extends Node>(node: Node, nodes: readonly T[]): readonly T[] {
  const byName = new Map(nodes.map((one) => [one.name, one]));
  const found = new Set<T>();
  const open = [...node.dependsOn];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const one = byName.get(name);
    if (one === undefined || found.has(one)) continue;
    found.add(one);
    open.push(...one.dependsOn);
  }
  return [...found];
}
