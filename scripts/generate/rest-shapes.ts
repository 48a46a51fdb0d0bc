import type { GeneratedFile } from './generated-file.ts';
import type { JsonSchema } from './rest/json-schema.ts';
import { restModel } from './rest/rest-model.ts';
import { typeWriter } from './rest/type-text.ts';
import { table } from './table.ts';

/** `docs/reference/rest-shapes.md`: every shape with a name that a route takes or answers. */
export function restShapes(): readonly GeneratedFile[] {
  const sections = Object.entries(restModel().components).map(([name, schema]) => section(name, schema));
  return [{ path: 'docs/reference/rest-shapes.md', text: `${INTRODUCTION}\n${sections.join('\n')}\n${END}` }];
}

const INTRODUCTION = `# Shapes of the REST API

What the routes of [the REST API](rest.md) take and answer. A question mark says that a property may be absent. In what
clients send, \`null\` is the same as absent, and properties that are not named here are not looked at. This page is
generated.

<!-- prettier-ignore-start -->
`;

const END = '<!-- prettier-ignore-end -->\n';

function section(name: string, schema: JsonSchema): string {
  const about = schema.description === undefined ? '' : `${schema.description}\n\n`;
  return `## ${name}\n\n${about}${contents(schema)}`;
}

function contents(schema: JsonSchema): string {
  const text = typeWriter('');
  const { properties, required = [], description: _description, ...rest } = schema;
  if (properties === undefined) return `${text(rest)}\n`;
  const lines = Object.entries(properties).map(([name, one]) => [
    `\`${name}\`${required.includes(name) ? '' : '?'}`,
    text(one).replaceAll('|', String.raw`\|`),
    (one.description ?? '').replaceAll('|', String.raw`\|`),
  ]);
  return table(['property', 'type', 'what it is'], lines);
}
