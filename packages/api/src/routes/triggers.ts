import type { Route } from './route.ts';

/** Names of the routes about what starts runs by itself. */
export type TriggerRoute =
  | 'listTriggers'
  | 'updateTriggers'
  | 'listOccasions'
  | 'updateTrigger'
  | 'lookAtRepository'
  | 'listPushHooks'
  | 'addPushHook'
  | 'removePushHook'
  | 'tellOfPush';

const TRIGGERS = '/_apis/signalbox/triggers';
const HOOKS = '/_apis/signalbox/pushhooks';

/** Triggers (PIPELINES §1.13). */
export const TRIGGER_ROUTES: Readonly<Record<TriggerRoute, Route>> = {
  listTriggers: {
    method: 'GET',
    scope: 'project',
    path: TRIGGERS,
    permission: 'read',
    summary: 'What starts the pipelines of a project by itself, when next, and what came of it last.',
  },
  updateTriggers: {
    method: 'PATCH',
    scope: 'project',
    path: TRIGGERS,
    permission: 'manageProjects',
    summary: 'Whether a file without `trigger` runs on every push (`implied`).',
  },
  listOccasions: {
    method: 'GET',
    scope: 'project',
    path: `${TRIGGERS}/:definitionId`,
    permission: 'read',
    summary: 'What a pipeline heard of, newest first, and what came of each.',
  },
  updateTrigger: {
    method: 'PATCH',
    scope: 'project',
    path: `${TRIGGERS}/:definitionId`,
    permission: 'editDefinitions',
    summary: 'Changes time zone and switches of the triggers of a pipeline.',
  },
  lookAtRepository: {
    method: 'POST',
    scope: 'project',
    path: `${TRIGGERS}/:definitionId/look`,
    permission: 'queueRuns',
    summary: 'Looks at the repository of a pipeline now.',
  },
  listPushHooks: {
    method: 'GET',
    scope: 'project',
    path: HOOKS,
    permission: 'editDefinitions',
    summary: 'The addresses that servers of repositories call, without their secrets.',
  },
  addPushHook: {
    method: 'POST',
    scope: 'project',
    path: HOOKS,
    permission: 'editDefinitions',
    summary: 'Makes an address to call for a repository; its secret is shown in this answer only.',
  },
  removePushHook: {
    method: 'DELETE',
    scope: 'project',
    path: `${HOOKS}/:hook`,
    permission: 'editDefinitions',
    summary: 'Ends a hook.',
  },
  tellOfPush: {
    method: 'POST',
    scope: 'organization',
    path: `${HOOKS}/:hook`,
    permission: 'public',
    body: 'signed',
    summary: 'What the server of a repository calls, signed with the secret of the hook.',
  },
};
