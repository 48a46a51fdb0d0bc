import type { JsonSchema } from './json-schema.ts';

/** Writes schemas in a few words of Markdown; named ones become links to a page. */
export function typeWriter(page: string): (schema: JsonSchema) => string {
  const text = (schema: JsonSchema): string => {
    const { $ref, anyOf, type } = schema;
    if ($ref !== undefined) return link($ref.split('/').at(-1) ?? '', page);
    if (schema.enum !== undefined) return schema.enum.map((word) => `\`${word}\``).join(' or ');
    if (anyOf !== undefined) return anyOf.map(text).join(' or ');
    if (type === 'array') return listText(schema, text);
    if (type === 'object') return objectText(schema, text);
    if (schema.format === 'date-time') return 'time';
    const names = typeof type === 'string' ? [type] : (type ?? []);
    return names.length === 0 ? 'anything' : names.map((name) => WORDS[name] ?? name).join(' or ');
  };
  return text;
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  boolean: 'true or false',
  null: '`null`',
};

function link(name: string, page: string): string {
  return `[${name}](${page}#${name.toLowerCase()})`;
}

function listText(
  { items, prefixItems, maxItems }: JsonSchema,
  text: (schema: JsonSchema) => string,
): string {
  if (prefixItems !== undefined) return `list of ${prefixItems.map(text).join(', ')}`;
  return maxItems === 0 || items === undefined || items === false
    ? 'an empty list'
    : `list of ${text(items)}`;
}

function objectText(schema: JsonSchema, text: (schema: JsonSchema) => string): string {
  const { properties = {}, required = [], additionalProperties } = schema;
  const { count, value } = properties;
  if (
    count !== undefined &&
    value?.items !== undefined &&
    value.items !== false &&
    Object.keys(properties).length === 2
  ) {
    return `collection of ${text(value.items)}`;
  }
  const parts = Object.entries(properties).map(
    ([name, one]) => `\`${name}\`${required.includes(name) ? '' : '?'}: ${text(one)}`,
  );
  if (parts.length > 0) return `{ ${parts.join(', ')} }`;
  return additionalProperties === undefined ? 'an empty object' : `any name: ${text(additionalProperties)}`;
}
