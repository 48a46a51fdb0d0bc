import type { RunAnswer, RunNeed } from '@signalbox/engine';
import {
  DEFAULT_APPROVAL,
  DEFAULT_CHECK_MINUTES,
  type ApprovalSettings,
  type Approver,
  type CheckSettings,
} from '@signalbox/model';

/** The checks of environments as stories write them: by environment, in the order of creation. */
export type ShortChecks = Readonly<Record<string, readonly ShortCheck[]>>;

/** A check of any kind; `timeout` in minutes. */
export type ShortCheck = (ShortApproval | ShortService | { readonly settings: CheckSettings }) & {
  readonly timeout?: number;
};

/** `approvers: [ann, @team]`; a name with `@` is a group. What is left out is as by default. */
export type ShortApproval = Partial<
  Pick<
    ApprovalSettings,
    'asked' | 'minRequiredApprovers' | 'executionOrder' | 'instructions' | 'requesterCannotBeApprover'
  >
> & {
  readonly approvers: readonly string[];
  readonly blocked?: readonly string[];
};

/** An HTTP service of this name, asked again `every` so many minutes; `callback`: it decides later. */
export interface ShortService {
  readonly service: string;
  readonly every?: number;
  readonly callback?: true;
}

/** What a run is told of a resource: its checks, and whether the pipeline may use it. */
export function answerCheckNeed(
  checks: ShortChecks,
  need: RunNeed,
  forbidden: ReadonlySet<string> = new Set(),
): RunAnswer {
  if (need.need !== 'checks') throw new Error('only checks are asked for here');
  const { type, id } = need.resource;
  const places = Object.keys(checks).indexOf(id);
  const found = (checks[id] ?? []).map((short, index) => ({
    id: places * 10 + index + 1,
    version: 1,
    resource: { type, id, name: id },
    timeoutMinutes: short.timeout ?? DEFAULT_CHECK_MINUTES,
    settings: longSettings(short),
  }));
  return { of: need, checks: found, ...(forbidden.has(id) && { forbidden: true as const }) };
}

function longSettings(short: ShortCheck): CheckSettings {
  if ('settings' in short) return short.settings;
  if ('service' in short) {
    const { service: displayName, every, callback } = short;
    const completion = callback === true ? 'callback' : 'response';
    const retry = every === undefined ? {} : { retryMinutes: every };
    return { kind: 'invoke', task: 'restApi', displayName, inputs: {}, completion, ...retry };
  }
  const { approvers, blocked = [], timeout: _minutes, ...more } = short;
  return {
    ...DEFAULT_APPROVAL,
    ...more,
    approvers: approvers.map(approverOf),
    blockedApprovers: blocked.map(approverOf),
  };
}

/** `@team` is a group. */
export function approverOf(word: string): Approver {
  return word.startsWith('@') ? { kind: 'group', name: word.slice(1) } : { kind: 'user', name: word };
}
