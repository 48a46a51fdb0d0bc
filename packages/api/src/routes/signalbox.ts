import type { Route } from './route.ts';

/** Names of our own routes. */
export type SignalboxRoute =
  | 'health'
  | 'ready'
  | 'metrics'
  | 'webConfig'
  | 'signInWithCode'
  | 'signInWithToken'
  | 'beginOidcSignIn'
  | 'finishOidcSignIn'
  | 'signOut'
  | 'me'
  | 'openApi'
  | 'listTokens'
  | 'createToken'
  | 'revokeToken'
  | 'listGroups'
  | 'setGroup'
  | 'removeGroup'
  | 'listRepositories'
  | 'addRepository'
  | 'removeRepository'
  | 'runViews'
  | 'runView'
  | 'runYaml'
  | 'lockViews'
  | 'lockView'
  | 'createLock'
  | 'deleteLock'
  | 'updateLock'
  | 'checkToken'
  | 'lockWaiters'
  | 'lockHistory'
  | 'forecastLock'
  | 'whatIf'
  | 'explainRun'
  | 'acquireLease'
  | 'leaseView'
  | 'renewLease'
  | 'releaseLease'
  | 'listAudit'
  | 'replayAudit'
  | 'feed';

const OWN = '/_apis/signalbox';

/** Routes that Azure DevOps does not have. */
export const SIGNALBOX_ROUTES: Readonly<Record<SignalboxRoute, Route>> = {
  health: {
    method: 'GET',
    scope: 'root',
    path: '/healthz',
    permission: 'public',
    summary: 'Answers 200 while the process is alive.',
  },
  ready: {
    method: 'GET',
    scope: 'root',
    path: '/readyz',
    permission: 'public',
    summary: 'Answers 200 while runs can move, else 503.',
  },
  metrics: {
    method: 'GET',
    scope: 'root',
    path: '/metrics',
    permission: 'readMetrics',
    summary: 'Metrics for Prometheus.',
  },
  webConfig: {
    method: 'GET',
    scope: 'root',
    path: '/_signalbox/config.json',
    permission: 'public',
    summary: 'What a page must know before anybody has signed in: the organisation.',
  },
  signInWithCode: {
    method: 'GET',
    scope: 'root',
    path: '/signin',
    permission: 'public',
    summary: 'Turns a single-use code into a browser session.',
  },
  signInWithToken: {
    method: 'POST',
    scope: 'root',
    path: '/signin',
    permission: 'public',
    summary: 'Turns a token into a browser session.',
  },
  beginOidcSignIn: {
    method: 'GET',
    scope: 'root',
    path: '/signin/oidc',
    permission: 'public',
    summary: 'Sends the browser to the provider that signs people in; `to` is the page to open afterwards.',
  },
  finishOidcSignIn: {
    method: 'GET',
    scope: 'root',
    path: '/signin/oidc/callback',
    permission: 'public',
    summary: 'Where the provider sends the browser back to; its code becomes a browser session.',
  },
  signOut: {
    method: 'POST',
    scope: 'root',
    path: '/signout',
    permission: 'public',
    summary: 'Ends the browser session.',
  },
  openApi: {
    method: 'GET',
    scope: 'organization',
    path: `${OWN}/openapi.json`,
    permission: 'discover',
    summary: 'This API as an OpenAPI 3.1 document.',
  },
  me: {
    method: 'GET',
    scope: 'either',
    path: `${OWN}/me`,
    permission: 'discover',
    summary: 'Who is calling, and what they may do.',
  },
  listTokens: {
    method: 'GET',
    scope: 'organization',
    path: `${OWN}/tokens`,
    permission: 'ownTokens',
    summary:
      'Your tokens without their secrets; for administrators everybody’s, for agent managers those of agents.',
  },
  createToken: {
    method: 'POST',
    scope: 'organization',
    path: `${OWN}/tokens`,
    permission: 'ownTokens',
    summary:
      'Makes a token, for yourself or, if you may, for others; its secret is shown in this answer only.',
  },
  revokeToken: {
    method: 'DELETE',
    scope: 'organization',
    path: `${OWN}/tokens/:tokenId`,
    permission: 'ownTokens',
    summary: 'Ends a token at once: one of yours, or anybody’s if you may.',
  },
  listGroups: {
    method: 'GET',
    scope: 'organization',
    path: `${OWN}/groups`,
    permission: 'read',
    summary: 'The groups of people that approvals name.',
  },
  setGroup: {
    method: 'PUT',
    scope: 'organization',
    path: `${OWN}/groups/:group`,
    permission: 'manageTokens',
    summary: 'Makes a group of people, or replaces its members.',
  },
  removeGroup: {
    method: 'DELETE',
    scope: 'organization',
    path: `${OWN}/groups/:group`,
    permission: 'manageTokens',
    summary: 'Removes a group; approvals that name it wait for nobody in it.',
  },
  listRepositories: {
    method: 'GET',
    scope: 'project',
    path: `${OWN}/repositories`,
    permission: 'readRuns',
    summary: 'The repositories that pipelines of the project may name in `resources.repositories`.',
  },
  addRepository: {
    method: 'POST',
    scope: 'project',
    path: `${OWN}/repositories`,
    permission: 'editDefinitions',
    summary: 'Makes a repository known to the project: `name` as YAML files write it, and `url`.',
  },
  removeRepository: {
    method: 'DELETE',
    scope: 'project',
    path: `${OWN}/repositories/:repositoryName`,
    permission: 'editDefinitions',
    summary: 'Forgets a repository; queued runs that check it out will fail.',
  },
  runViews: {
    method: 'GET',
    scope: 'either',
    path: `${OWN}/runs`,
    permission: 'readRuns',
    summary: 'Runs with their stages, jobs and steps.',
  },
  runView: {
    method: 'GET',
    scope: 'either',
    path: `${OWN}/runs/:runId`,
    permission: 'readRuns',
    summary: 'One run with its stages, jobs and steps.',
  },
  runYaml: {
    method: 'GET',
    scope: 'either',
    path: `${OWN}/runs/:runId/yaml`,
    permission: 'readLogs',
    summary: 'The pipeline of a run as it was expanded, and where its stages were written.',
  },
  lockViews: {
    method: 'GET',
    scope: 'project',
    path: `${OWN}/locks`,
    permission: 'readRuns',
    summary: 'The locks of a project with their queues.',
  },
  lockView: {
    method: 'GET',
    scope: 'project',
    path: `${OWN}/locks/:lockId`,
    permission: 'readRuns',
    summary: 'One lock with its queue.',
  },
  createLock: {
    method: 'POST',
    scope: 'project',
    path: `${OWN}/locks`,
    permission: 'manageLocks',
    summary: 'Makes the lock of an environment, of a stage or of a name, with its policy.',
  },
  updateLock: {
    method: 'PATCH',
    scope: 'project',
    path: `${OWN}/locks/:lockId`,
    permission: 'manageLocks',
    summary: 'Changes the policy of a lock, or enables or disables it.',
  },
  deleteLock: {
    method: 'DELETE',
    scope: 'project',
    path: `${OWN}/locks/:lockId`,
    permission: 'manageLocks',
    summary: 'Deletes a named lock that nobody holds; who waits for it is turned away.',
  },
  checkToken: {
    method: 'GET',
    scope: 'project',
    path: `${OWN}/locks/:lockId/tokens/:token`,
    permission: 'readRuns',
    summary: 'Whether a fencing token is still the one of a holder.',
  },
  lockWaiters: {
    method: 'GET',
    scope: 'project',
    path: `${OWN}/locks/:lockId/waiters`,
    permission: 'readRuns',
    summary:
      'Those who wait at a lock, in order, each with its reasons: `$top` of them after the first `skip`.',
  },
  lockHistory: {
    method: 'GET',
    scope: 'project',
    path: `${OWN}/locks/:lockId/history`,
    permission: 'readRuns',
    summary: 'Those who held a lock or left its line without it, latest first, page by page.',
  },
  forecastLock: {
    method: 'GET',
    scope: 'project',
    path: `${OWN}/locks/:lockId/forecast`,
    permission: 'read',
    summary: 'When those who wait at a lock may start, on what grounds, and how good earlier forecasts were.',
  },
  whatIf: {
    method: 'POST',
    scope: 'project',
    path: `${OWN}/locks/:lockId/whatIf`,
    permission: 'read',
    summary: 'What would come of another policy, a cancel, an approval, a freeze …; nothing is changed.',
  },
  explainRun: {
    method: 'GET',
    scope: 'project',
    path: `${OWN}/runs/:runId/explain`,
    permission: 'read',
    summary: 'Every stage of a run that waits: each reason, what can be done, and the chain to its end.',
  },
  acquireLease: {
    method: 'POST',
    scope: 'project',
    path: `${OWN}/leases`,
    permission: 'leaseLocks',
    summary: 'Asks for locks from outside of runs: 200 with their tokens, 202 while it waits.',
  },
  leaseView: {
    method: 'GET',
    scope: 'project',
    path: `${OWN}/leases/:requestId`,
    permission: 'leaseLocks',
    summary: 'A lease: what it has, or why it waits.',
  },
  renewLease: {
    method: 'PATCH',
    scope: 'project',
    path: `${OWN}/leases/:requestId`,
    permission: 'leaseLocks',
    summary: 'A sign of life: the lease lasts its seconds from now; 410 when it is over.',
  },
  releaseLease: {
    method: 'DELETE',
    scope: 'project',
    path: `${OWN}/leases/:requestId`,
    permission: 'leaseLocks',
    summary: 'Gives the locks back, or waits no more; `?result=failed` where a failure keeps them.',
  },
  listAudit: {
    method: 'GET',
    scope: 'project',
    path: `${OWN}/audit/locks`,
    permission: 'readAudit',
    summary: 'The journal of the locks: what was asked, and what was decided.',
  },
  replayAudit: {
    method: 'GET',
    scope: 'project',
    path: `${OWN}/audit/locks/replay`,
    permission: 'readAudit',
    summary: 'Decides every message of that journal again and names the first difference.',
  },
  feed: {
    method: 'GET',
    scope: 'either',
    path: `${OWN}/feed`,
    permission: 'read',
    summary: 'Server-sent events: what changes, as it changes.',
  },
};
