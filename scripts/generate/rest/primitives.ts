import ts from 'typescript';
import type { JsonSchema } from './json-schema.ts';

/** Names of plain types that say more than text or number. */
const NAMED: Readonly<Record<string, JsonSchema>> = {
  WireTime: { type: 'string', format: 'date-time' },
  Instant: { type: 'integer', description: 'Milliseconds since 1970-01-01T00:00:00Z.' },
  Millis: { type: 'integer', description: 'Milliseconds.' },
};

/** The schema of a property whose type is known by its name, or by `@asType`; the compiler forgets both. */
export function primitiveNamed(symbol: ts.Symbol): JsonSchema | undefined {
  const as = symbol.getJsDocTags().find(({ name }) => name === 'asType');
  if (as !== undefined) {
    const types = ts
      .displayPartsToString(as.text)
      .split(',')
      .map((one) => one.trim());
    return { type: types.length === 1 ? (types[0] ?? '') : types };
  }
  const { valueDeclaration } = symbol;
  const isProperty = valueDeclaration !== undefined && ts.isPropertySignature(valueDeclaration);
  const node = isProperty ? valueDeclaration.type : undefined;
  if (node === undefined || !ts.isTypeReferenceNode(node) || !ts.isIdentifier(node.typeName))
    return undefined;
  return NAMED[node.typeName.text];
}
