import type { Birth, BundleRow, LockRow } from '@signalbox/engine';
import { DEFAULT_LOCK_POLICY, type Plan } from '@signalbox/model';

/** A plan of one stage; what matters here is that it comes back as it went in. */
export const PLAN: Plan = {
  version: 1,
  name: '$(BuildID)',
  variables: [],
  repositories: [],
  stages: [
    {
      name: 'Deploy',
      displayName: 'Deploy Ω 🚀',
      dependsOn: [],
      variables: [],
      ownLock: false,
      manual: false,
      isSkippable: true,
      jobs: [],
      source: { file: 'a.yml', line: 1, column: 1, endLine: 2, endColumn: 1 },
    },
  ],
};

/** A run as it is born. */
export function birth(id: number, over: Partial<Birth['identity']> = {}): Birth {
  return {
    plan: PLAN,
    identity: {
      id,
      project: 1,
      projectName: 'Demo',
      definition: { id: 1, name: 'shop' },
      number: `2026.${id}`,
      planId: `00000000-0000-0000-0000-${String(id).padStart(12, '0')}`,
      reason: 'manual',
      branch: 'refs/heads/main',
      commit: 'c0ffee',
      requestedBy: 'Ann',
      requestedFor: 'Ann',
      queueTime: 1000 + id,
      variables: {},
      stagesToSkip: [],
      defaultPool: 'Default',
      pools: {},
      resources: {},
      ...over,
    },
  };
}

/** A lock of an environment. */
export function lock(id: number, over: Partial<LockRow> = {}): LockRow {
  return {
    id,
    resource: { type: 'environment', id: String(id) },
    name: `env-${id}`,
    policy: DEFAULT_LOCK_POLICY,
    enabled: true,
    lastToken: 0,
    supersededThrough: 0,
    ...over,
  };
}

/** A bundle with one request at lock 1 that waits and is eligible. */
export function bundle(id: number, over: Partial<BundleRow> = {}): BundleRow {
  return {
    id,
    requester: {
      run: id,
      definition: 1,
      stage: 'Deploy',
      attempt: 1,
      branch: 'refs/heads/main',
      runQueueTime: 1000 + id,
    },
    status: 'queued',
    requests: [{ id, lock: 1 }],
    queueTime: 2000 + id,
    order: 2000 + id,
    rank: 1000 + id,
    eligible: true,
    turn: id,
    expiresAt: 9_000_000,
    ...over,
  };
}
