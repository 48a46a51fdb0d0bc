import type { Route } from './route.ts';

/** Names of the routes by which services answer for checks. */
export type PlanRoute =
  'sendPlanEvent' | 'feedPlanRecord' | 'createPlanLog' | 'appendPlanLog' | 'updatePlanRecords';

const PLAN = '/_apis/distributedtask/hubs/:hub/plans/:planId';
const TIMELINE = `${PLAN}/timelines/:timelineId`;

/** REST.md §3.7. */
export const PLAN_ROUTES: Readonly<Record<PlanRoute, Route>> = {
  sendPlanEvent: {
    method: 'POST',
    scope: 'project',
    path: `${PLAN}/events`,
    permission: 'answerChecks',
    summary: 'A service decides a check: `TaskCompleted` with `succeeded` or `failed`.',
  },
  feedPlanRecord: {
    method: 'POST',
    scope: 'project',
    path: `${TIMELINE}/records/:recordId/feed`,
    permission: 'answerChecks',
    summary: 'Lines for the log of a check, while it is pending.',
  },
  createPlanLog: {
    method: 'POST',
    scope: 'project',
    path: `${PLAN}/logs`,
    permission: 'answerChecks',
    summary: 'The log of a check, to be written to.',
  },
  appendPlanLog: {
    method: 'POST',
    scope: 'project',
    path: `${PLAN}/logs/:logId`,
    permission: 'answerChecks',
    body: 'text',
    summary: 'Adds text to the log of a check.',
  },
  updatePlanRecords: {
    method: 'PATCH',
    scope: 'project',
    path: `${TIMELINE}/records`,
    permission: 'answerChecks',
    summary: 'Names the log that belongs to the record of a check.',
  },
};
