import { patternsOf, PERMITTED, ROUTES, type Route } from '../../packages/api/src/index.ts';
import type { GeneratedFile } from './generated-file.ts';
import { table } from './table.ts';

const GROUPS: readonly (readonly [string, (route: Route) => boolean])[] = [
  ['Health, sign-in, metrics', (route) => route.scope === 'root'],
  ['Agent protocol', (route) => route.path.startsWith('/_apis/signalbox/agent/')],
  ['Runs, locks, feed, tokens: our own routes', (route) => route.path.startsWith('/_apis/signalbox/')],
  ['Build', (route) => route.path.startsWith('/_apis/build/')],
  ['Pipelines, checks, lock queue', (route) => route.path.startsWith('/_apis/pipelines')],
  ['Service hooks', (route) => route.path.startsWith('/_apis/hooks/')],
  ['Environments, pools, agents', (route) => route.path.startsWith('/_apis/distributedtask/')],
  ['Discovery, projects, identities', () => true],
];

/** `docs/reference/rest.md`: every route with what it needs, and every permission with who has it. */
export function restReference(): readonly GeneratedFile[] {
  const left = new Set(Object.values(ROUTES));
  const sections = GROUPS.map(([title, belongs]) => {
    const routes = [...left].filter(belongs);
    for (const route of routes) left.delete(route);
    return `## ${title}\n\n${table(['route', 'permission', 'what it does'], routes.flatMap(rows))}`;
  });
  return [
    { path: 'docs/reference/rest.md', text: `${INTRODUCTION}\n${sections.join('\n')}\n${permissions()}` },
  ];
}

const INTRODUCTION = `# The REST API

Base address: \`http://HOST:PORT/ORGANIZATION\`. Clients of Azure DevOps work when they are given this address; see
[the tables](../../spec/rest/README.md) for what each route takes and answers. This page is generated.

A token goes into \`Authorization: Basic\` as the password, with any user name, or into \`Authorization: Bearer\`. Names
of organisations, projects, parameters and properties are found in any letter case, enumerations as words or numbers.
Errors are JSON with \`message\` and \`typeKey\`. \`:organization\` and \`:project\` (a name or an id) stand for yours.

<!-- prettier-ignore-start -->
`;

function rows(route: Route): readonly (readonly string[])[] {
  return patternsOf(route).map((pattern, index) => [
    `\`${route.method} ${pattern}\``,
    index === 0 ? `\`${route.permission}\`` : '″',
    index === 0 ? route.summary : '″',
  ]);
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
