import {
  bornRun,
  createInterlocking,
  createPool,
  createRun,
  createTrigger,
  type CreateRun,
} from '@signalbox/engine';
import type { LockPolicy, Plan, StagePlan } from '@signalbox/model';
import { DEFAULT_LOCK_POLICY } from '@signalbox/model';
import type { Engine } from '@signalbox/store';

/** The engine itself, as the server opens a store with it. */
export const ENGINE: Engine = {
  run: (id) => createRun(id),
  interlocking: (project) => createInterlocking(project),
  pool: (id) => createPool(id),
  trigger: (project) => createTrigger(project),
  born: ({ identity, plan }) => bornRun(identity, plan),
};

const SOURCE = { file: 'azure-pipelines.yml', line: 1, column: 1, endLine: 1, endColumn: 1 };

/** A stage with one job; each depends on the one before. */
function stage(name: string, dependsOn: readonly string[], over: Partial<StagePlan> = {}): StagePlan {
  return {
    name,
    displayName: name,
    dependsOn,
    variables: [],
    ownLock: false,
    manual: false,
    isSkippable: true,
    source: SOURCE,
    jobs: [
      {
        kind: 'job',
        name: 'Job',
        displayName: 'Job',
        dependsOn: [],
        variables: [],
        pool: { kind: 'pool', demands: [] },
        timeoutInMinutes: 60,
        cancelTimeoutInMinutes: 5,
        continueOnError: false,
        steps: [],
        source: SOURCE,
      },
    ],
    ...over,
  };
}

/** Stages in a line. */
export function planOf(names: readonly string[], over: Partial<StagePlan> = {}): Plan {
  const stages = names.map((name, index) => stage(name, names.slice(Math.max(index - 1, 0), index), over));
  return { version: 1, name: '$(Date:yyyyMMdd)$(Rev:.r)', variables: [], repositories: [], stages };
}

/** The command that creates a run whose stages lock these secure files, which are known by name and need no row (CHK-54). */
export function createRunOf(
  plan: Plan,
  locks: Readonly<Record<string, readonly string[]>>,
  over: Partial<CreateRun> = {},
): CreateRun {
  const resources = Object.entries(locks).map(([name, files]) => [
    name.toLowerCase(),
    files.map((id) => ({ type: 'securefile', id, name: id })),
  ]);
  return {
    type: 'CreateRun',
    definition: { id: 1, name: 'shop' },
    projectName: 'Demo',
    plan,
    planId: '00000000-0000-0000-0000-000000000001',
    reason: 'manual',
    branch: 'refs/heads/main',
    commit: 'c0ffee',
    requestedBy: 'Ann',
    requestedFor: 'Ann',
    variables: {},
    stagesToSkip: [],
    defaultPool: 'Default',
    pools: { default: 1 },
    resources: Object.fromEntries(resources) as CreateRun['resources'],
    ...over,
  };
}

/** Azure's policy with changes. */
export function policy(over: Partial<LockPolicy> = {}): LockPolicy {
  return { ...DEFAULT_LOCK_POLICY, ...over };
}
