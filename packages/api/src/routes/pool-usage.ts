import type { Route } from './route.ts';

/** Names of the routes that say who uses what of the pools, and what a caller may do there. */
export type PoolUsageRoute =
  | 'getJobRequest'
  | 'listQueueRequests'
  | 'getQueueRequest'
  | 'createQueue'
  | 'deleteQueue'
  | 'createAgent'
  | 'replaceAgent'
  | 'mayUsePool'
  | 'getResourceLimits'
  | 'getResourceUsage'
  | 'getYamlSchema'
  | 'createOidcToken';

const TASK = '/_apis/distributedtask';
const POOL = `${TASK}/pools/:poolId`;
const QUEUE_REQUESTS = `${TASK}/queues/:queueId/agentrequests`;

/** REST.md §1.3 and §3.8. */
export const POOL_USAGE_ROUTES: Readonly<Record<PoolUsageRoute, Route>> = {
  getJobRequest: {
    method: 'GET',
    scope: 'organization',
    path: `${POOL}/jobrequests/:requestId`,
    permission: 'read',
    summary: 'One job of a pool.',
  },
  listQueueRequests: {
    method: 'GET',
    scope: 'project',
    path: QUEUE_REQUESTS,
    permission: 'read',
    summary: 'Jobs of the project that wait for an agent of a queue or have one.',
  },
  getQueueRequest: {
    method: 'GET',
    scope: 'project',
    path: `${QUEUE_REQUESTS}/:requestId`,
    permission: 'read',
    summary: 'One job of a queue.',
  },
  createQueue: {
    method: 'POST',
    scope: 'project',
    path: `${TASK}/queues`,
    permission: 'managePools',
    summary: 'Lets a project use a pool, which `pool.id` or `name` names.',
  },
  deleteQueue: {
    method: 'DELETE',
    scope: 'project',
    path: `${TASK}/queues/:queueId`,
    permission: 'managePools',
    summary:
      'Takes a pool from a project, with its checks; 409 while pipelines or jobs of the project use it.',
  },
  createAgent: {
    method: 'POST',
    scope: 'organization',
    path: `${POOL}/agents`,
    permission: 'managePools',
    summary:
      'Refused with the reason: agents register themselves when they are started with a token of the pool.',
  },
  replaceAgent: {
    method: 'PUT',
    scope: 'organization',
    path: `${POOL}/agents/:agentId`,
    permission: 'managePools',
    summary: 'Enables or disables an agent, as PATCH does.',
  },
  mayUsePool: {
    method: 'GET',
    scope: 'organization',
    path: `${POOL}/permissions/:permissions`,
    permission: 'read',
    summary: 'Whether the caller has permissions on a pool, given as a sum of flags.',
  },
  getResourceLimits: {
    method: 'GET',
    scope: 'organization',
    path: `${TASK}/resourcelimits`,
    permission: 'read',
    summary: 'How many jobs may run at once.',
  },
  getResourceUsage: {
    method: 'GET',
    scope: 'organization',
    path: `${TASK}/resourceusage`,
    permission: 'read',
    summary: 'How many jobs run now; with `includeRunningRequests=true` which ones.',
  },
  getYamlSchema: {
    method: 'GET',
    scope: 'organization',
    path: `${TASK}/yamlschema`,
    permission: 'read',
    summary: 'The JSON schema of pipeline files, for editors.',
  },
  createOidcToken: {
    method: 'POST',
    scope: 'project',
    path: `${TASK}/hubs/:hub/plans/:planId/jobs/:jobId/oidctoken`,
    permission: 'readLogs',
    summary: 'Refused with the reason: this server issues no tokens for other services.',
  },
};
