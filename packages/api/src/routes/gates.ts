import type { Route } from './route.ts';

/** Names of the routes of gates: stages of other systems that wait for locks here. */
export type GateRoute =
  'listAzureGates' | 'addAzureGate' | 'updateAzureGate' | 'removeAzureGate' | 'askAzureGate';

const GATES = '/_apis/signalbox/gates/azure';

/** Gates for Azure DevOps (REST.md §3.7, INV-36). */
export const GATE_ROUTES: Readonly<Record<GateRoute, Route>> = {
  listAzureGates: {
    method: 'GET',
    scope: 'project',
    path: GATES,
    permission: 'manageLocks',
    summary: 'The gates for stages of Azure DevOps, without their secrets.',
  },
  addAzureGate: {
    method: 'POST',
    scope: 'project',
    path: GATES,
    permission: 'manageLocks',
    summary: 'Makes a gate for an organisation of Azure DevOps; its secret is shown in this answer only.',
  },
  updateAzureGate: {
    method: 'PATCH',
    scope: 'project',
    path: `${GATES}/:gate`,
    permission: 'manageLocks',
    summary: 'Changes the personal access token or the times of a gate.',
  },
  removeAzureGate: {
    method: 'DELETE',
    scope: 'project',
    path: `${GATES}/:gate`,
    permission: 'manageLocks',
    summary: 'Ends a gate and its token; stages that have locks keep them.',
  },
  askAzureGate: {
    method: 'POST',
    scope: 'project',
    path: `${GATES}/:gate/checks`,
    permission: 'askGates',
    summary: 'What a check "Invoke REST API" of Azure DevOps calls; its decision comes by callback.',
  },
};
