import type { OpenApprovalView, RunView, WireApproval, WireApprovalStep } from '@signalbox/api';
import { run } from './runs.ts';
import type { Clock } from './stages.ts';
import { done, stage } from './stages.ts';

/** An open approval with everything that is not said filled in. */
export function openApproval(part: Partial<OpenApprovalView> & { readonly id: string }): OpenApprovalView {
  return {
    resource: 'production',
    waitsFor: ['Ada Lovelace'],
    instructions: '',
    text: 'Waits for approval of production by Ada Lovelace.',
    since: '2026-11-22T09:50:00Z',
    until: '2026-11-22T12:00:00Z',
    ...part,
  };
}

/** A place of an approval. */
export function approvalStep(
  displayName: string,
  part: Partial<WireApprovalStep> & { readonly group?: true } = {},
): WireApprovalStep {
  const { group, ...more } = part;
  return {
    assignedApprover: { ...person(displayName), ...(group && { isContainer: true }) },
    status: 'pending',
    comment: '',
    order: 1,
    history: [],
    ...more,
  };
}

/** What the server says of an approval, with everything that is not said filled in. */
export function approvalDetail(part: Partial<WireApproval> & { readonly id: string }): WireApproval {
  return {
    status: 'pending',
    executionOrder: 'anyOrder',
    minRequiredApprovers: 0,
    blockedApprovers: [],
    instructions: '',
    steps: [],
    permissions: 'view, update, reassign',
    pipeline: { id: '1', name: 'shop-web', owner: { id: 50, name: '20261122.50', _links: {} } },
    _links: {},
    stage: { name: 'Deploy', attempt: 1 },
    resource: { type: 'environment', id: '1', name: 'production' },
    waitsFor: [],
    ...part,
  };
}

/** A person on the wire. */
export function person(displayName: string): WireApprovalStep['assignedApprover'] {
  return { id: displayName, displayName, uniqueName: displayName, descriptor: displayName };
}

const TEXT = `## Before you say yes

- the tests of **staging** are green
- somebody watches the dashboard <b>until noon</b>
- see [the runbook](https://example.org/runbook), not [this](javascript:alert(1))`;

/** A run that asks for three approvals, two of the person who looks at the page. */
export function askingRun(clock: Clock): RunView {
  const times = { since: clock.at(140), until: clock.at(-86_400) };
  const waiting = { state: 'waiting', waitingSince: clock.at(140) } as const;
  const both = ['Ada Lovelace', 'the group ops'];
  return run({
    id: 50,
    queueTime: clock.at(300),
    startTime: clock.at(298),
    commitMessage: 'Gift cards',
    requestedFor: 'Grace Hopper',
    stages: [
      done('Build', clock, [298, 150]),
      stage({
        ...waiting,
        name: 'Deploy',
        displayName: 'Deploy production',
        dependsOn: ['Build'],
        approvals: [
          openApproval({
            ...times,
            id: 'a-1',
            waitsFor: both,
            instructions: TEXT,
            text: 'Waits for approval of production by Ada Lovelace or the group ops.',
          }),
          openApproval({ ...times, id: 'a-2', resource: 'payments' }),
        ],
      }),
      stage({
        ...waiting,
        name: 'Docs',
        dependsOn: ['Build'],
        approvals: [
          openApproval({ ...times, id: 'a-3', resource: 'manual', waitsFor: ['the group editors'] }),
        ],
      }),
    ],
  });
}

/** What the server says of the approvals of `askingRun`. */
export function sampleApproval(id: string, clock: Clock): WireApproval {
  switch (id) {
    case 'a-1':
      return approvalDetail({
        id,
        minRequiredApprovers: 2,
        steps: [
          approvalStep('Katherine Johnson', {
            status: 'approved',
            actualApprover: person('Katherine Johnson'),
            lastModifiedOn: clock.at(70),
            comment: 'looks fine',
          }),
          approvalStep('Ada Lovelace', { order: 2 }),
          approvalStep('ops', { order: 3, group: true }),
        ],
      });
    case 'a-2':
      return approvalDetail({ id, steps: [approvalStep('Ada Lovelace')] });
    default:
      return approvalDetail({ id, permissions: 'view', steps: [approvalStep('editors', { group: true })] });
  }
}

/** A run whose cancel waits for the end of a protected stage. */
export function pendingRun(clock: Clock): RunView {
  return run({
    id: 49,
    status: 'cancelling',
    queueTime: clock.at(420),
    startTime: clock.at(415),
    cancelRequestedBy: 'Grace Hopper',
    commitMessage: 'Migrate the orders',
    stages: [
      done('Build', clock, [415, 330]),
      stage({
        name: 'Migrate',
        displayName: 'Migrate the database',
        dependsOn: ['Build'],
        state: 'running',
        startTime: clock.at(320),
        protectedBy: ['orders-db'],
        cancelPending: { at: clock.at(30), by: 'Grace Hopper', of: 'run' },
      }),
    ],
  });
}
