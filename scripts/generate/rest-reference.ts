import { patternsOf, PERMITTED } from '../../packages/api/src/index.ts';
import type { GeneratedFile } from './generated-file.ts';
import { AREAS, areaOf } from './rest/areas.ts';
import { refusalsOf } from './rest/open-api.ts';
import { restModel, type RestModel } from './rest/rest-model.ts';
import type { QueryParameter } from './rest/route-shape.ts';
import { typeWriter } from './rest/type-text.ts';
import { table } from './table.ts';

type NamedRoute = RestModel['routes'][number];

/** `docs/reference/rest.md`: every route with what it needs, takes and answers, and who has which permission. */
export function restReference(): readonly GeneratedFile[] {
  const { routes } = restModel();
  const sections = AREAS.map(({ title }) => {
    const own = routes.filter(({ route }) => areaOf(route) === title);
    return `## ${title}\n\n${own.map(routeText).join('\n')}`;
  });
  return [
    { path: 'docs/reference/rest.md', text: `${INTRODUCTION}\n${sections.join('\n')}\n${permissions()}` },
  ];
}

const INTRODUCTION = `# The REST API

Base address: \`http://HOST:PORT/ORGANIZATION\`. Clients of Azure DevOps work when they are given this address; see
[the tables](../../spec/rest/README.md) for what they can rely on. The same as an OpenAPI 3.1 document:
\`packages/api/openapi.json\`, which a server publishes as \`/ORGANIZATION/_apis/signalbox/openapi.json\`. This page is
generated.

A token goes into \`Authorization: Basic\` as the password, with any user name, or into \`Authorization: Bearer\`. Names
of organisations, projects, parameters and properties are found in any letter case, enumerations as words or numbers.
\`:organization\` and \`:project\` (a name or an id) stand for yours. Lists in a query are joined by commas; \`api-version\`
is accepted everywhere, and not needed.

Every refusal is a [WireError](rest-shapes.md#wireerror), with \`message\` and \`typeKey\`. Any route may refuse with 400
(what was sent is not right), 401 (nobody, or a token that is no good), 403 (not permitted), 404 (there is no such
thing, or the caller may not know of it), 413 (too much) and 429 (too often); what else a route refuses with stands with
it.

<!-- prettier-ignore-start -->
`;

const text = typeWriter('rest-shapes.md');

function routeText({ name, route, shape }: NamedRoute): string {
  const addresses = patternsOf(route).map((pattern) => `\`${route.method} ${pattern}\``);
  const usual = refusalsOf(route);
  const refuses = shape.refuses.filter((code) => !usual.includes(code));
  const facts = [
    `Permission: \`${route.permission}\`.`,
    ...(shape.body === undefined ? [] : [`Takes: ${text(shape.body)}.`]),
    ...(route.body === undefined ? [] : [`Takes: ${BODIES[route.body]}.`]),
    `Answers ${[...shape.status, ...shape.negative].join(' or ')}${answerText(shape)}.`,
    ...(refuses.length === 0 ? [] : [`Refuses also with ${refuses.join(', ')}.`]),
  ];
  return `### ${name}\n\n${addresses.join('<br>')}\n\n${route.summary} ${facts.join(' ')}\n${queryTable(shape.query)}`;
}

const BODIES = { text: 'text as it is', content: 'bytes', signed: 'JSON, signed with the secret' } as const;

function answerText({ answer, media }: NamedRoute['shape']): string {
  const parts = [...(answer === undefined ? [] : [text(answer)]), ...media.map((type) => `\`${type}\``)];
  return parts.length === 0 ? ' without a body' : `: ${parts.join(' or ')}`;
}

function queryTable(query: readonly QueryParameter[]): string {
  if (query.length === 0) return '';
  const lines = query.map(({ name, optional, schema: { description = '', ...schema } }) => [
    `\`${name}\`${optional ? '?' : ''}`,
    text(schema),
    description,
  ]);
  return `\n${table(['in the query', 'type', 'what it is'], lines)}`;
}

function permissions(): string {
  const lines = Object.entries(PERMITTED).map(([permission, roles]) => [
    `\`${permission}\``,
    roles.join(', '),
  ]);
  const note =
    'A job sees its own project, and the logs of its own run only; an agent serves its own pool. What a caller may not\n' +
    'know of does not exist: 404, not 403.\n';
  return `## Permissions\n\n${table(['permission', 'roles'], lines)}\n${note}\n<!-- prettier-ignore-end -->\n`;
}
