import ts from 'typescript';
import type { JsonSchema } from './json-schema.ts';
import { primitiveNamed } from './primitives.ts';

/** Writes types as JSON schemas; those with a name become components, which the others refer to. */
export class SchemaWriter {
  readonly #checker: ts.TypeChecker;
  readonly #named = new Map<string, { readonly type: ts.Type; schema: JsonSchema }>();

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  /** Every type with a name that was met, by its name. */
  components(): Readonly<Record<string, JsonSchema>> {
    const entries = [...this.#named].map(([name, { schema }]) => [name, schema] as const);
    return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The schema of a type; `undefined` in a union is left out, because JSON has none. */
  schemaOf(type: ts.Type): JsonSchema {
    const name = nameOf(type);
    if (name === undefined) return this.#inline(type);
    const known = this.#named.get(name);
    if (known !== undefined && known.type !== type) throw new Error(`Two shapes have the name ${name}.`);
    if (known === undefined) {
      const entry: { readonly type: ts.Type; schema: JsonSchema } = { type, schema: {} };
      this.#named.set(name, entry);
      const symbol = type.aliasSymbol ?? type.symbol;
      entry.schema = { ...described(this.#checker, symbol), ...this.#inline(type) };
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  /** A property with its description; `optional` when it may be absent. */
  property(symbol: ts.Symbol): { readonly schema: JsonSchema; readonly optional: boolean } {
    const optional = (symbol.flags & ts.SymbolFlags.Optional) !== 0;
    const schema = primitiveNamed(symbol) ?? this.schemaOf(this.#checker.getTypeOfSymbol(symbol));
    return { schema: { ...schema, ...described(this.#checker, symbol) }, optional };
  }

  #inline(type: ts.Type): JsonSchema {
    if (type.isUnion()) return this.#union(type.types);
    const primitive = primitiveOf(type);
    if (primitive !== undefined) return primitive;
    if (this.#checker.isTupleType(type)) {
      const items = this.#checker.getTypeArguments(type as ts.TypeReference).map((one) => this.schemaOf(one));
      return { type: 'array', prefixItems: items, items: false };
    }
    if (this.#checker.isArrayType(type)) {
      const [item] = this.#checker.getTypeArguments(type as ts.TypeReference);
      if (item === undefined || (item.flags & ts.TypeFlags.Never) !== 0)
        return { type: 'array', maxItems: 0 };
      return { type: 'array', items: this.schemaOf(item) };
    }
    return this.#object(type);
  }

  #union(types: readonly ts.Type[]): JsonSchema {
    const kept = types.filter((type) => (type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) === 0);
    const schemas = merged(kept.map((type) => this.schemaOf(type)));
    const [only] = schemas;
    return schemas.length === 1 && only !== undefined ? only : { anyOf: schemas };
  }

  #object(type: ts.Type): JsonSchema {
    const properties: Record<string, JsonSchema> = {};
    const required: string[] = [];
    for (const symbol of this.#checker.getPropertiesOfType(type)) {
      const { schema, optional } = this.property(symbol);
      properties[symbol.name] = schema;
      if (!optional) required.push(symbol.name);
    }
    const hasProperties = Object.keys(properties).length > 0;
    return {
      type: 'object',
      ...(hasProperties && { properties }),
      ...(required.length > 0 && { required }),
      ...this.#others(type),
    };
  }

  #others(type: ts.Type): JsonSchema {
    const index = this.#checker.getIndexInfosOfType(type)[0]?.type;
    if (index === undefined) return isOpen(type) ? { additionalProperties: {} } : {};
    if ((index.flags & ts.TypeFlags.Never) !== 0) return { maxProperties: 0 };
    return { additionalProperties: this.schemaOf(index) };
  }
}

/** The name under which others refer to a type; what is generic, or has none, is written in its place. */
function nameOf(type: ts.Type): string | undefined {
  const { aliasSymbol, aliasTypeArguments, symbol } = type;
  if (aliasSymbol !== undefined) return aliasTypeArguments === undefined ? aliasSymbol.name : undefined;
  if (symbol === undefined || (symbol.flags & ts.SymbolFlags.Interface) === 0) return undefined;
  const isGeneric = (type as ts.InterfaceType).typeParameters !== undefined || isReference(type);
  return isGeneric ? undefined : symbol.name;
}

function isReference(type: ts.Type): boolean {
  return ((type as ts.TypeReference).typeArguments?.length ?? 0) > 0;
}

/** `@additionalProperties true`: it may have more than it names. */
function isOpen(type: ts.Type): boolean {
  const tags = (type.aliasSymbol ?? type.symbol)?.getJsDocTags() ?? [];
  return tags.some(({ name }) => name === 'additionalProperties');
}

function described(checker: ts.TypeChecker, symbol: ts.Symbol | undefined): JsonSchema {
  const text = ts.displayPartsToString(symbol?.getDocumentationComment(checker)).replaceAll(/\s*\n\s*/g, ' ');
  return text === '' ? {} : { description: text.trim() };
}

function primitiveOf(type: ts.Type): JsonSchema | undefined {
  const { flags } = type;
  if ((flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0) return {};
  if (type.isStringLiteral()) return { type: 'string', enum: [type.value] };
  if (type.isNumberLiteral()) return { type: 'integer', enum: [type.value] };
  if ((flags & ts.TypeFlags.BooleanLiteral) !== 0) {
    return { type: 'boolean', enum: ['intrinsicName' in type && type.intrinsicName === 'true'] };
  }
  if ((flags & ts.TypeFlags.StringLike) !== 0) return { type: 'string' };
  // Ids, counts and times are whole; what is not says so with `@asType number`.
  if ((flags & ts.TypeFlags.NumberLike) !== 0) return { type: 'integer' };
  if ((flags & ts.TypeFlags.Null) !== 0) return { type: 'null' };
  if ((flags & ts.TypeFlags.Never) !== 0) throw new Error('A shape has a value that cannot be.');
  return undefined;
}

// The compiler lists the members of a union in the order in which it met them, which any change may turn.
function inOrder<T>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Words of one type become one list; true and false become a truth value. */
function merged(schemas: readonly JsonSchema[]): readonly JsonSchema[] {
  const lists = new Map<string, (string | number | boolean)[]>();
  const others: JsonSchema[] = [];
  for (const schema of schemas) {
    if (schema.enum === undefined || typeof schema.type !== 'string') others.push(schema);
    else lists.set(schema.type, [...(lists.get(schema.type) ?? []), ...schema.enum]);
  }
  const words = [...lists].map(([type, values]): JsonSchema =>
    type === 'boolean' && values.length === 2 ? { type } : { type, enum: values.toSorted(inOrder) },
  );
  return nullable([...words, ...others].toSorted((a, b) => inOrder(JSON.stringify(a), JSON.stringify(b))));
}

/** A plain type and `null` are one schema. */
function nullable(schemas: readonly JsonSchema[]): readonly JsonSchema[] {
  const [one, ...more] = schemas.filter(({ type }) => type !== 'null');
  const isNullable = schemas.some(({ type }) => type === 'null');
  if (!isNullable || one === undefined || more.length > 0) return schemas;
  if (typeof one.type !== 'string' || one.enum !== undefined) return schemas;
  return [{ ...one, type: [one.type, 'null'] }];
}
