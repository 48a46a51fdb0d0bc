import type { WhatIfView, WireApproval } from '@signalbox/api';
import { APPROVAL_CHECK, EXCLUSIVE_LOCK_CHECK } from '@signalbox/api';
import { approvalDetail, approvalStep, person } from './approvals.ts';
import { stageRef } from './forecasts.ts';
import type { Clock } from './stages.ts';

/** The answers about environments, their checks, and approvals; undefined: the question is not about them. */
export function placeAnswer(path: string, clock: Clock): unknown {
  switch (path) {
    case 'distributedtask/environments':
      return list([environment(1, 'production', 'What customers see'), environment(2, 'staging', '')]);
    case 'distributedtask/environments/1/environmentdeploymentrecords':
      return list([
        record(3, 1, 'succeeded', clock),
        record(2, 2, 'failed', clock),
        record(1, 1, 'succeeded', clock),
      ]);
    case 'pipelines/checks/configurations':
      return list(checks());
    case 'pipelines/pipelinePermissions/environment/1':
      return {
        resource: { type: 'environment', id: '1' },
        allPipelines: denied(clock),
        pipelines: [permit(clock)],
      };
    case 'pipelines/approvals':
      return list([
        asked('a', 50, clock),
        asked('b', 51, clock),
        { ...asked('c', 52, clock), permissions: 'view' },
      ]);
    case 'signalbox/locks/1/whatIf':
      return givesWay(clock);
    default:
      if (path.endsWith('/virtualmachines')) return list([]);
      if (path === 'signalbox/environments/1/roles')
        return list([{ kind: 'group', name: 'ops', role: 'User' }]);
      return path.startsWith('pipelines/checks/') ? STALE : undefined;
  }
}

/** What a check answers that somebody else has changed meanwhile. */
export const STALE = {
  message: 'The check has version 2, not 1: somebody changed it; read it again.',
  typeKey: 'CheckConfigurationVersionConflictException',
};

function environment(id: number, name: string, description: string): unknown {
  return { id, name, description, resources: [], project: { id: 'a', name: 'Demo' } };
}

function record(id: number, definition: number, result: string, clock: Clock): unknown {
  return {
    id,
    stageName: 'Deploy',
    jobName: 'Roll',
    stageAttempt: 1,
    definition: { id: definition, name: definition === 1 ? 'shop-web' : 'billing-api' },
    owner: { id: id + 40, name: `20261122.${id + 40}` },
    requestedFor: person('Ada Lovelace'),
    result,
    queueTime: clock.at(id * -100 + 900),
    startTime: clock.at(id * -100 + 890),
    finishTime: clock.at(id * -100 + 800),
  };
}

function checks(): readonly unknown[] {
  const resource = { type: 'environment', id: '1', name: 'production' };
  const common = { version: 1, resource, timeout: 43_200, isDisabled: false, url: '', _links: {} };
  const settings = {
    approvers: [person('Ada Lovelace'), { ...person('ops'), isContainer: true }],
    executionOrder: 'anyOrder',
    minRequiredApprovers: 1,
    instructions: 'Look first.',
    blockedApprovers: [],
    requesterCannotBeApprover: true,
    asked: 'dynamic',
  };
  return [
    { ...common, id: 1, type: { id: EXCLUSIVE_LOCK_CHECK, name: 'ExclusiveLock' }, settings: {} },
    { ...common, id: 1_000_000_001, type: { id: APPROVAL_CHECK, name: 'Approval' }, settings },
  ];
}

function denied(clock: Clock): unknown {
  return { authorized: false, authorizedBy: person('Ada Lovelace'), authorizedOn: clock.at(900) };
}

function permit(clock: Clock): unknown {
  return { id: 1, authorized: true, authorizedBy: person('Ada Lovelace'), authorizedOn: clock.at(900) };
}

function asked(id: string, run: number, clock: Clock): WireApproval {
  return approvalDetail({
    id,
    createdOn: clock.at(run * 10),
    instructions: 'Look at **the dashboard** first.',
    steps: [approvalStep('Ada Lovelace')],
    waitsFor: ['Ada Lovelace'],
    pipeline: { id: '1', name: 'shop-web', owner: { id: run, name: `20261122.${run}`, _links: {} } },
  });
}

/** A yes of one of them lets an older run give way. */
function givesWay(clock: Clock): WhatIfView {
  return {
    lockId: 1,
    lockName: 'production',
    at: clock.at(0),
    requests: [{ ...stageRef(49), from: 'queued', to: 'canceled', supersededByRunId: 50 }],
    queues: [],
    keeps: [],
    waitersTotal: 1,
    bounded: false,
  };
}

function list(value: readonly unknown[]): unknown {
  return { count: value.length, value };
}
