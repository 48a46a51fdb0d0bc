import type { Route } from './route.ts';

/** Names of the routes of the agent protocol. */
export type AgentRoute =
  'agentConnect' | 'agentPoll' | 'agentLeave' | 'jobRenew' | 'jobWait' | 'jobReport' | 'jobLog';

const AGENT = '/_apis/signalbox/agent/v1';

/** The agent protocol; shapes in `agent-protocol.ts`. */
export const AGENT_ROUTES: Readonly<Record<AgentRoute, Route>> = {
  agentConnect: {
    method: 'POST',
    scope: 'organization',
    path: `${AGENT}/pools/:pool/connect`,
    permission: 'serve',
    summary: 'A process begins to serve a pool.',
  },
  agentPoll: {
    method: 'POST',
    scope: 'organization',
    path: `${AGENT}/agents/:agentId/poll`,
    permission: 'serve',
    summary: 'Asks for work and waits for it.',
  },
  agentLeave: {
    method: 'POST',
    scope: 'organization',
    path: `${AGENT}/agents/:agentId/leave`,
    permission: 'serve',
    summary: 'The process says good-bye.',
  },
  jobRenew: {
    method: 'POST',
    scope: 'organization',
    path: `${AGENT}/jobs/:request/renew`,
    permission: 'serve',
    summary: 'Extends the lease of a job.',
  },
  jobWait: {
    method: 'POST',
    scope: 'organization',
    path: `${AGENT}/jobs/:request/wait`,
    permission: 'serve',
    summary: 'Extends the lease and waits for a cancel.',
  },
  jobReport: {
    method: 'POST',
    scope: 'organization',
    path: `${AGENT}/jobs/:request/report`,
    permission: 'serve',
    summary: 'Facts about a job, in order.',
  },
  jobLog: {
    method: 'POST',
    scope: 'organization',
    path: `${AGENT}/jobs/:request/log`,
    permission: 'serve',
    summary: 'Lines of a log at a position.',
  },
};
