import { EXCLUSIVE_LOCK_CHECK, type LockRequestView, type WireCheckRun } from '@signalbox/api';
import type { CheckStatus } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import type { App } from '../../app.ts';
import { isChecked } from '../pipelines/checks/check-resources.ts';
import { apiUrl } from './common.ts';

/** A lock request in the words of check runs (CHK-31): one that holds, or held, has passed. */
const STATUSES: Readonly<Record<LockRequestView['status'], CheckStatus>> = {
  queued: 'running',
  waitingOnChecks: 'running',
  inUse: 'approved',
  finished: 'approved',
  timedOut: 'timedOut',
  canceled: 'canceled',
  abandoned: 'canceled',
};

/** The exclusive lock as the last check of a suite, with the same reasons as everywhere (LOCK-20, CHK-20). */
export function lockCheckRun(app: App, project: ProjectRow, request: LockRequestView): WireCheckRun {
  const { lockId: id, resourceType: type, resourceId, resourceName: name } = request;
  const status = STATUSES[request.status];
  const over = request.assignTime ?? request.finishTime;
  // The lock of a stage has no check that somebody set up (LOCK-12).
  const setUp = isChecked(type) && {
    id,
    version: 1,
    url: apiUrl(app, project, `pipelines/checks/configurations/${id}`),
  };
  return {
    id: request.checkRunId,
    status,
    resultMessage: '',
    createdDate: request.queueTime,
    ...(over !== undefined && { completedDate: over }),
    evaluationOrder: 'final',
    checkConfigurationRef: {
      ...setUp,
      type: { id: EXCLUSIVE_LOCK_CHECK, name: 'ExclusiveLock' },
      resource: { type, id: resourceId, name },
    },
    resultUpdates: [],
    displayName: `Exclusive lock of ${name}`,
    waitsFor: status === 'running' ? request.reasons.join(' ') : '',
    ...(request.expiresAt !== undefined && { timeoutOn: request.expiresAt }),
    actions: [],
  };
}
