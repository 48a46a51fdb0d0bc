import type { LockRequestView, LockView } from '@signalbox/api';
import { DEFAULT_LOCK_POLICY } from '@signalbox/model';
import type { Clock } from './stages.ts';

/** A lock request with everything that is not said filled in. */
export function request(part: Partial<LockRequestView> & { readonly runId: number }): LockRequestView {
  return {
    requestId: part.runId * 10,
    resourceType: 'environment',
    resourceId: '1',
    resourceName: 'production',
    projectId: '6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c',
    definitionId: 1,
    definitionName: 'shop-web',
    planId: '00000000-0000-0000-0000-000000000001',
    nodeName: 'Deploy',
    nodeAttempt: 1,
    checkRunId: '00000000-0000-0000-0000-000000000002',
    branch: 'refs/heads/main',
    lockType: 'sequential',
    status: 'queued',
    queueTime: '2026-11-22T08:00:00Z',
    lockId: 1,
    bundleId: part.runId,
    runNumber: `20261122.${part.runId}`,
    requestedFor: 'Ada Lovelace',
    blockers: [],
    reasons: [],
    ...part,
  };
}

/** A lock with everything that is not said filled in. */
export function lock(part: Partial<LockView> & { readonly id: number }): LockView {
  return {
    name: `lock ${part.id}`,
    resourceType: 'environment',
    resourceId: String(part.id),
    enabled: true,
    policy: DEFAULT_LOCK_POLICY,
    lastToken: 0,
    holders: [],
    waiters: [],
    waitersTotal: part.waiters?.length ?? 0,
    expected: [],
    ...part,
  };
}

/** The locks of the sample page. */
export function sampleLocks(clock: Clock, now: number): readonly LockView[] {
  return [production(clock, now), staging(clock), licence(clock)];
}

function production(clock: Clock, now: number): LockView {
  const days = 86_400_000;
  const holder = { bundle: 1, run: 45, definition: 2, stage: 'Deploy', attempt: 1 };
  return lock({
    id: 1,
    name: 'production',
    policy: { ...DEFAULT_LOCK_POLICY, behavior: 'sequential', orderBy: 'runQueueTime' },
    lastToken: 41,
    holders: [
      request({
        runId: 45,
        definitionId: 2,
        definitionName: 'billing-api',
        requestedFor: 'Katherine Johnson',
        status: 'inUse',
        queueTime: clock.at(480),
        assignTime: clock.at(192),
        token: 41,
      }),
    ],
    waiters: [
      request({
        runId: 46,
        position: 1,
        queueTime: clock.at(149),
        expiresAt: new Date(now + 29.9 * days).toISOString(),
        blockers: [{ kind: 'heldBy', lock: 1, since: now - 192_000, by: [holder] }],
        reasons: ['production is held by run 20261122.45 of billing-api (stage Deploy).'],
      }),
      request({
        runId: 47,
        definitionId: 2,
        definitionName: 'billing-api',
        requestedFor: 'Katherine Johnson',
        position: 2,
        queueTime: clock.at(91),
        expiresAt: new Date(now + 29.9 * days).toISOString(),
        blockers: [
          { kind: 'heldBy', lock: 1, since: now - 192_000, by: [holder] },
          { kind: 'behind', lock: 1, since: now - 91_000, by: [{ ...holder, bundle: 2, run: 46 }] },
        ],
        reasons: [
          'production is held by run 20261122.45 of billing-api (stage Deploy).',
          'Behind run 20261122.46 of shop-web (stage Deploy) in the queue of production.',
        ],
      }),
    ],
    expected: [
      {
        runId: 48,
        runNumber: '20261122.48',
        definitionId: 1,
        definitionName: 'shop-web',
        stage: 'Deploy',
        branch: 'refs/heads/main',
        runQueueTime: clock.at(41),
      },
    ],
  });
}

function staging(clock: Clock): LockView {
  return lock({
    id: 2,
    name: 'load-test-cluster',
    resourceType: 'named',
    policy: { ...DEFAULT_LOCK_POLICY, capacity: 2 },
    lastToken: 7,
    holders: [
      request({
        runId: 48,
        resourceName: 'load-test-cluster',
        nodeName: 'Build',
        requestedFor: 'Grace Hopper',
        status: 'inUse',
        lockId: 2,
        queueTime: clock.at(36),
        assignTime: clock.at(36),
        token: 7,
        span: { until: ['Deploy'], over: false, inside: ['Build'], waiting: ['Smoke'] },
      }),
    ],
  });
}

function licence(clock: Clock): LockView {
  const freeze = {
    since: clock.at(600),
    exempt: [],
    by: 'Ada Lovelace',
    reason: 'the certificate is renewed',
  };
  return lock({ id: 3, name: 'signing-certificate', resourceType: 'securefile', freeze });
}
