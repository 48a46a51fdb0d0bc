import { STEP_TABLES, language } from '../plan/language.ts';
import type { Shape } from '../plan/shape.ts';

/** A JSON Schema, draft 7. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A key that is a template expression or a directive (TPL-7). */
export const DIRECTIVE = '^\\$\\{\\{';

/** How a table of the language is called among the definitions. */
type Naming = (table: string) => string;

/** Draft 7 has no flag for letter case: every letter is a class of two. */
function wordsInAnyCase(words: readonly string[]): JsonSchema {
  const pattern = words
    .join('|')
    .replaceAll(/[A-Za-z]/g, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`);
  return { type: 'string', pattern: `^(${pattern})$` };
}

/** What every file of the schema refers to, beside the tables of the language. */
export const SHARED_DEFINITIONS: Readonly<
  Record<'nothing' | 'expression' | 'booleanWord' | 'withDirective', JsonSchema>
> = {
  nothing: { description: 'A key without a value.', enum: [null, ''] },
  expression: {
    description: 'Text with a template expression: what it becomes is known when it is expanded.',
    type: 'string',
    pattern: '\\$\\{\\{',
  },
  booleanWord: wordsInAnyCase(['true', 'y', 'yes', 'on', 'false', 'n', 'no', 'off']),
  withDirective: {
    description: 'A mapping with a directive or a computed key: what it makes can be any of the keys.',
    type: 'object',
    not: { propertyNames: { not: { pattern: DIRECTIVE } } },
  },
};

function shared(name: keyof typeof SHARED_DEFINITIONS): JsonSchema {
  return { $ref: `#/definitions/${name}` };
}

/** A mapping with a directive or a computed key. */
export const HAS_DIRECTIVE: JsonSchema = shared('withDirective');

/** YAML calls some texts numbers or booleans; to the language they are text (YAML-1). */
const SCALAR: JsonSchema = { type: ['string', 'number', 'boolean', 'null'] };

/** The schema of what may stand under a key. */
export function schemaOf(shape: Shape, naming: Naming): JsonSchema {
  if (shape.kind === 'any') return {};
  return shape.kind === 'text'
    ? SCALAR
    : { anyOf: [...alternativesOf(shape, naming), shared('nothing'), shared('expression')] };
}

function alternativesOf(shape: Shape, naming: Naming): readonly JsonSchema[] {
  if (shape.kind === 'oneOf') return shape.shapes.flatMap((one) => alternativesOf(one, naming));
  if (shape.kind === 'map') return [mapSchema(schemaOf(shape.values, naming))];
  if (shape.kind === 'mapping') return [{ $ref: `#/definitions/${naming(shape.of)}` }];
  if (shape.kind !== 'list') return flatAlternatives(shape);
  return [{ type: 'array', items: { $ref: `#/definitions/${itemName(shape.of, naming)}` } }];
}

type FlatShape = Exclude<Shape, { readonly kind: 'oneOf' | 'map' | 'mapping' | 'list' }>;

/** The shapes that hold no others. */
function flatAlternatives(shape: FlatShape): readonly JsonSchema[] {
  switch (shape.kind) {
    case 'any':
      return [{}];
    case 'text':
      return [SCALAR];
    case 'boolean':
      return [{ type: 'boolean' }, shared('booleanWord')];
    case 'integer':
      return [
        { type: 'integer', minimum: shape.min, maximum: shape.max },
        { type: 'string', pattern: '^[+-]?\\d+$' },
      ];
    case 'choice':
      return [
        shape.ignoreCase === true ? wordsInAnyCase(shape.choices) : { enum: shape.choices.flatMap(asRead) },
      ];
    case 'texts':
      return [SCALAR, { type: 'array', items: { anyOf: [SCALAR, HAS_DIRECTIVE] } }];
    case 'textMap':
      return [mapSchema(SCALAR)];
  }
}

/** A word as the YAML library of an editor may read it. */
function asRead(word: string): readonly (string | boolean)[] {
  return word === 'true' ? [word, true] : [word];
}

/** Names that the author chooses; behind a directive stands what it makes. */
function mapSchema(values: JsonSchema): JsonSchema {
  return { type: 'object', patternProperties: { [DIRECTIVE]: true }, additionalProperties: values };
}

/** The definitions of the items of every list that a shape has, by name: the same list stands in many places. */
export function itemDefinitions(shape: Shape, naming: Naming): readonly (readonly [string, JsonSchema])[] {
  if (shape.kind === 'list') return [[itemName(shape.of, naming), itemSchema(shape.of, naming)]];
  if (shape.kind === 'map') return itemDefinitions(shape.values, naming);
  return shape.kind === 'oneOf' ? shape.shapes.flatMap((one) => itemDefinitions(one, naming)) : [];
}

function itemName(tables: readonly string[], naming: Naming): string {
  return `${tables.map(naming).join('Or')}Item`;
}

/** An item is of the table whose first key it has; each is asked alone, so that an editor names the right mistake. */
function itemSchema(tables: readonly string[], naming: Naming): JsonSchema {
  const kinds = tables.flatMap(tablesOf).map((table) => ({ table, key: firstKey(table) }));
  return {
    anyOf: [
      ...kinds.map(({ key }) => ({ type: 'object', required: [key] })),
      HAS_DIRECTIVE,
      shared('expression'),
    ],
    allOf: kinds.map(({ table, key }) => ({
      if: { type: 'object', required: [key] },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema; nobody awaits a schema
      then: { $ref: `#/definitions/${naming(table)}` },
    })),
  };
}

function tablesOf(table: string): readonly string[] {
  return table === 'step' ? STEP_TABLES : [table];
}

function firstKey(table: string): string {
  return language().get(table)?.[0]?.name ?? table;
}
