import type { AccessLink, Expression } from './tree.ts';

/** What an expression mentions. */
export interface ReferencedNames {
  /** Functions in the spelling of their records, each once, in order of appearance. */
  readonly functions: readonly string[];
  /** Every use of a named value, in order of appearance. */
  readonly references: readonly Reference[];
}

/** A named value and the keys read from it; undefined stands for a computed key or for `*`. */
export interface Reference {
  readonly name: string;
  readonly path: readonly (string | undefined)[];
}

/** The functions and named values of an expression, without evaluating it. */
export function referencedNames(tree: Expression): ReferencedNames {
  const functions = new Set<string>();
  const references: Reference[] = [];
  collect(tree, functions, references);
  return { functions: [...functions], references };
}

function collect(tree: Expression, functions: Set<string>, references: Reference[]): void {
  switch (tree.type) {
    case 'literal':
      return;
    case 'name':
      references.push({ name: tree.name, path: [] });
      return;
    case 'call':
      functions.add(tree.name);
      for (const argument of tree.args) collect(argument, functions, references);
      return;
    case 'access':
      if (tree.target.type === 'name')
        references.push({ name: tree.target.name, path: tree.links.map(staticKey) });
      else collect(tree.target, functions, references);
      for (const link of tree.links) if (link.type === 'index') collect(link.index, functions, references);
  }
}

function staticKey(link: AccessLink): string | undefined {
  if (link.type === 'property') return link.name;
  if (link.type === 'all' || link.index.type !== 'literal') return undefined;
  return link.index.value.kind === 'string' ? link.index.value.value : undefined;
}
