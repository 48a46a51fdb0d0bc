import type { RunAnswer, RunNeed } from '@signalbox/engine';
import {
  DEFAULT_APPROVAL,
  DEFAULT_CHECK_MINUTES,
  type ApprovalSettings,
  type Approver,
  type CheckConfiguration,
} from '@signalbox/model';

/** The approvals of environments as stories write them: by environment, in the order of creation. */
export type ShortChecks = Readonly<Record<string, readonly ShortApproval[]>>;

/** `approvers: [ann, @team]`; a name with `@` is a group. What is left out is as by default. */
export type ShortApproval = Partial<
  Pick<
    ApprovalSettings,
    'asked' | 'minRequiredApprovers' | 'executionOrder' | 'instructions' | 'requesterCannotBeApprover'
  >
> & {
  readonly approvers: readonly string[];
  readonly blocked?: readonly string[];
  readonly timeout?: number;
};

/** What a run is told of the checks of a resource. */
export function answerCheckNeed(checks: ShortChecks, need: RunNeed): RunAnswer {
  if (need.need === 'run') throw new Error('the run is known already');
  const { type, id } = need.resource;
  const places = Object.keys(checks).indexOf(id);
  const found = (checks[id] ?? []).map((short, index) =>
    longCheck(short, { type, id }, places * 10 + index + 1),
  );
  return { of: need, checks: found };
}

function longCheck(
  { approvers, blocked = [], timeout = DEFAULT_CHECK_MINUTES, ...more }: ShortApproval,
  resource: { readonly type: CheckConfiguration['resource']['type']; readonly id: string },
  id: number,
): CheckConfiguration {
  return {
    id,
    version: 1,
    resource: { ...resource, name: resource.id },
    timeoutMinutes: timeout,
    settings: {
      ...DEFAULT_APPROVAL,
      ...more,
      approvers: approvers.map(approverOf),
      blockedApprovers: blocked.map(approverOf),
    },
  };
}

/** `@team` is a group. */
export function approverOf(word: string): Approver {
  return word.startsWith('@') ? { kind: 'group', name: word.slice(1) } : { kind: 'user', name: word };
}
