import type { AccessNode, CallNode, Expression } from '@signalbox/expressions';
import { fold } from '@signalbox/model';

/** Every part of an expression, the whole first. */
export function* partsOfExpression(tree: Expression): Generator<Expression> {
  yield tree;
  if (tree.type === 'call') for (const argument of tree.args) yield* partsOfExpression(argument);
  if (tree.type !== 'access') return;
  yield* partsOfExpression(tree.target);
  for (const link of tree.links) if (link.type === 'index') yield* partsOfExpression(link.index);
}

/** All calls in an expression. */
export function callsIn(tree: Expression): readonly CallNode[] {
  return [...partsOfExpression(tree)].filter((part) => part.type === 'call');
}

/** The text of a literal. */
export function literalText(part: Expression | undefined): string | undefined {
  return part?.type === 'literal' && part.value.kind === 'string' ? part.value.value : undefined;
}

/** The keys that are read from a named value, as far as they stand in the text. */
export function pathUnder(part: Expression | undefined, name: string): readonly string[] | undefined {
  if (part?.type !== 'access' || part.target.type !== 'name' || fold(part.target.name) !== fold(name)) {
    return undefined;
  }
  return knownKeys(part);
}

/** The name of a variable that is read as a whole, for example by `variables['Build.Reason']` (REC-89). */
export function variableName(part: Expression | undefined): string | undefined {
  const path = pathUnder(part, 'variables');
  return path?.length === 1 ? path[0] : undefined;
}

function knownKeys({ links }: AccessNode): readonly string[] {
  const keys: string[] = [];
  for (const link of links) {
    const key =
      link.type === 'property' ? link.name : link.type === 'index' ? literalText(link.index) : undefined;
    if (key === undefined) return keys;
    keys.push(key);
  }
  return keys;
}
