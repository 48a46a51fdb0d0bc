import ts from 'typescript';
import type { JsonSchema } from './json-schema.ts';
import type { ShapeProgram } from './shape-program.ts';
import type { SchemaWriter } from './schema-writer.ts';

/** A parameter of a query. */
export interface QueryParameter {
  readonly name: string;
  readonly optional: boolean;
  readonly schema: JsonSchema;
}

/** A shape as schemas. */
export interface RouteShape {
  readonly query: readonly QueryParameter[];
  /** Absent: it takes none. */
  readonly body?: JsonSchema;
  /** Absent: no JSON. */
  readonly answer?: JsonSchema;
  readonly media: readonly string[];
  readonly status: readonly number[];
  readonly negative: readonly number[];
  readonly refuses: readonly number[];
}

/** Reads the shape of one route. */
export function routeShape(
  { checker, shapes }: ShapeProgram,
  writer: SchemaWriter,
  route: string,
): RouteShape {
  const type = shapes.get(route);
  if (type === undefined) throw new Error(`The route ${route} has no shape.`);
  const part = (name: string): ts.Type | undefined => {
    const symbol = checker.getPropertyOfType(type, name);
    return symbol && checker.getTypeOfSymbol(symbol);
  };
  const [query, body, answer] = [part('query'), part('body'), part('answer')];
  const hasAnswer = answer !== undefined && (answer.flags & ts.TypeFlags.Undefined) === 0;
  const media = words(part('media')).map(String);
  const status = words(part('status')).map(Number);
  return {
    query: query === undefined ? [] : parameters(checker, writer, query),
    ...(body !== undefined && { body: writer.schemaOf(body) }),
    ...(hasAnswer && { answer: writer.schemaOf(answer) }),
    media,
    status: status.length > 0 ? status : [hasAnswer || media.length > 0 ? 200 : 204],
    negative: words(part('negative')).map(Number),
    refuses: words(part('refuses')).map(Number),
  };
}

function parameters(
  checker: ts.TypeChecker,
  writer: SchemaWriter,
  query: ts.Type,
): readonly QueryParameter[] {
  return checker
    .getPropertiesOfType(query)
    .map((symbol) => ({ name: symbol.name, ...writer.property(symbol) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function words(type: ts.Type | undefined): readonly (string | number)[] {
  const members = type === undefined ? [] : type.isUnion() ? type.types : [type];
  return members
    .flatMap((one) => (one.isStringLiteral() || one.isNumberLiteral() ? [one.value] : []))
    .toSorted((a, b) => (a < b ? -1 : 1));
}
