import {
  HUMAN_ROLES,
  isForMembers,
  PERMITTED,
  ROUTES,
  type Permission,
  type Role,
  type RouteName,
} from '../../packages/api/src/index.ts';
import type { GeneratedFile } from './generated-file.ts';
import { table } from './table.ts';

const ROLES: readonly Role[] = [...HUMAN_ROLES, 'member', 'agent', 'job', 'check', 'gate', 'anonymous'];

/** `docs/reference/permissions.md`: which role has which permission, and which route needs which. */
export function permissionsReference(): readonly GeneratedFile[] {
  const text = `${INTRODUCTION}
${table(['permission', ...ROLES.map((role) => `\`${role}\``)], Object.entries(PERMITTED).map(rowOf))}
## Routes

${table(['route', 'permission', 'without a project', 'what it does'], Object.keys(ROUTES).filter(isRoute).map(routeRow))}
<!-- prettier-ignore-end -->
`;
  return [{ path: 'docs/reference/permissions.md', text }];
}

const INTRODUCTION = `# Permissions

What each role may do, and what each route needs. A test asks every route as every role, and as roles of another
project. [Users, roles and tokens](../guide/identity.md) says what the roles are for; \`member\` is somebody without a
role, and the roles behind it are those of programs. This page is generated.

A route below a project needs its permission in that project. Any other one needs it in the organisation, unless the
last table says \`yes\`: then a role in some project opens it, and it shows and does only what belongs to the caller's
projects.

<!-- prettier-ignore-start -->
## Roles
`;

function rowOf([permission, given]: readonly [string, readonly Role[]]): readonly string[] {
  return [`\`${permission}\``, ...ROLES.map((role) => (given.includes(role) ? 'yes' : ''))];
}

function routeRow(name: RouteName): readonly string[] {
  const { method, path, permission, scope, summary } = ROUTES[name];
  const everybody: readonly Permission[] = ['public', 'discover', 'ownTokens'];
  const open = isForMembers(name) || everybody.includes(permission);
  const alone = scope === 'project' ? '' : open ? 'yes' : 'organisation';
  return [`\`${method} ${path}\``, `\`${permission}\``, alone, summary];
}

function isRoute(name: string): name is RouteName {
  return Object.hasOwn(ROUTES, name);
}
