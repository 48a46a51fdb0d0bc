import { POOL_USAGE_ROUTES, type PoolUsageRoute } from './pool-usage.ts';
import type { Route } from './route.ts';

/** Names of the routes of the area `distributedtask`. */
export type DistributedTaskRoute =
  | 'listEnvironments'
  | 'createEnvironment'
  | 'getEnvironment'
  | 'updateEnvironment'
  | 'deleteEnvironment'
  | 'listDeploymentRecords'
  | 'listMachines'
  | 'updateMachine'
  | 'deleteMachine'
  | 'listPools'
  | 'createPool'
  | 'getPool'
  | 'updatePool'
  | 'deletePool'
  | 'listAgents'
  | 'getAgent'
  | 'updateAgent'
  | 'deleteAgent'
  | 'setUserCapabilities'
  | 'listJobRequests'
  | 'listQueues'
  | 'getQueue'
  | PoolUsageRoute;

const TASK = '/_apis/distributedtask';
const POOL = `${TASK}/pools/:poolId`;

// The published specification says `pipelines/environments`, every SDK says `distributedtask/environments`.
function environments(rest: string): { readonly path: string; readonly also: readonly string[] } {
  return { path: `${TASK}/environments${rest}`, also: [`/_apis/pipelines/environments${rest}`] };
}

/** REST.md §3.5 and §3.8. */
export const DISTRIBUTED_TASK_ROUTES: Readonly<Record<DistributedTaskRoute, Route>> = {
  listEnvironments: {
    method: 'GET',
    scope: 'project',
    ...environments(''),
    permission: 'read',
    summary: 'The environments of a project.',
  },
  createEnvironment: {
    method: 'POST',
    scope: 'project',
    ...environments(''),
    permission: 'editEnvironments',
    summary: 'Creates an environment.',
  },
  getEnvironment: {
    method: 'GET',
    scope: 'project',
    ...environments('/:environmentId'),
    permission: 'read',
    summary: 'One environment.',
  },
  updateEnvironment: {
    method: 'PATCH',
    scope: 'project',
    ...environments('/:environmentId'),
    permission: 'editEnvironments',
    summary: 'Renames or describes an environment.',
  },
  deleteEnvironment: {
    method: 'DELETE',
    scope: 'project',
    ...environments('/:environmentId'),
    permission: 'administerResources',
    summary: 'Deletes an environment.',
  },
  listDeploymentRecords: {
    method: 'GET',
    scope: 'project',
    ...environments('/:environmentId/environmentdeploymentrecords'),
    permission: 'read',
    summary: 'What was deployed to an environment, newest first.',
  },
  listMachines: {
    method: 'GET',
    scope: 'project',
    ...environments('/:environmentId/providers/virtualmachines'),
    permission: 'read',
    summary: 'The machines of an environment, with their agents.',
  },
  updateMachine: {
    method: 'PATCH',
    scope: 'project',
    ...environments('/:environmentId/providers/virtualmachines'),
    permission: 'editEnvironments',
    summary: 'Changes the tags of a machine, whose `id` is in the body.',
  },
  deleteMachine: {
    method: 'DELETE',
    scope: 'project',
    ...environments('/:environmentId/providers/virtualmachines/:resourceId'),
    permission: 'administerResources',
    summary: 'Removes a machine and its agent, which must have no job.',
  },
  listPools: {
    method: 'GET',
    scope: 'organization',
    path: `${TASK}/pools`,
    permission: 'read',
    summary: 'The agent pools.',
  },
  createPool: {
    method: 'POST',
    scope: 'organization',
    path: `${TASK}/pools`,
    permission: 'managePools',
    summary: 'Creates an agent pool.',
  },
  getPool: {
    method: 'GET',
    scope: 'organization',
    path: POOL,
    permission: 'read',
    summary: 'One agent pool.',
  },
  updatePool: {
    method: 'PATCH',
    scope: 'organization',
    path: POOL,
    permission: 'managePools',
    summary: 'Renames a pool, limits its parallel jobs, or says whether new projects get a queue to it.',
  },
  deletePool: {
    method: 'DELETE',
    scope: 'organization',
    path: POOL,
    permission: 'managePools',
    summary: 'Deletes a pool with its queues; 409 while agents, jobs or pipelines use it.',
  },
  listAgents: {
    method: 'GET',
    scope: 'organization',
    path: `${POOL}/agents`,
    permission: 'read',
    summary: 'The agents of a pool.',
  },
  getAgent: {
    method: 'GET',
    scope: 'organization',
    path: `${POOL}/agents/:agentId`,
    permission: 'read',
    summary: 'One agent.',
  },
  updateAgent: {
    method: 'PATCH',
    scope: 'organization',
    path: `${POOL}/agents/:agentId`,
    permission: 'managePools',
    summary: 'Enables or disables an agent.',
  },
  deleteAgent: {
    method: 'DELETE',
    scope: 'organization',
    path: `${POOL}/agents/:agentId`,
    permission: 'managePools',
    summary: 'Removes an agent that has no job.',
  },
  setUserCapabilities: {
    method: 'PUT',
    scope: 'organization',
    path: `${POOL}/agents/:agentId/usercapabilities`,
    permission: 'managePools',
    summary: 'Replaces the capabilities that people gave an agent.',
  },
  listJobRequests: {
    method: 'GET',
    scope: 'organization',
    path: `${POOL}/jobrequests`,
    permission: 'read',
    summary: 'Jobs that wait for an agent of the pool, have one, or had one.',
  },
  listQueues: {
    method: 'GET',
    scope: 'project',
    path: `${TASK}/queues`,
    permission: 'read',
    summary: 'The pools as a project sees them.',
  },
  getQueue: {
    method: 'GET',
    scope: 'project',
    path: `${TASK}/queues/:queueId`,
    permission: 'read',
    summary: 'One pool as a project sees it.',
  },
  ...POOL_USAGE_ROUTES,
};
