import type { RouteName } from './table.ts';

/**
 * Routes of the organisation that whoever has a role in some project may ask, too: what they show and do is either the
 * same for everybody, or of the projects alone that the caller sees. Every other one needs a role in the organisation.
 */
const OF_MEMBERS: readonly RouteName[] = [
  'listProjects',
  'getProject',
  'updateProject',
  'listProjectsProperties',
  'listAllTeams',
  'listTeams',
  'getTeam',
  'listProcesses',
  'getProcess',
  'listIdentities',
  'getIdentity',
  'listGroups',
  'listPools',
  'getPool',
  'mayUsePool',
  'listTasks',
  'listTaskVersions',
  'downloadTask',
  'listConnectionTypes',
  'getYamlSchema',
  'getResourceLimits',
  'listHooks',
  'addHook',
  'getHook',
  'replaceHook',
  'removeHook',
  'listHookNotifications',
];

/** Whether a role in some project opens a route that is asked without naming one. */
export function isForMembers(name: RouteName): boolean {
  return OF_MEMBERS.includes(name);
}
