import type { Cast } from './cast.ts';
import { attemptOf, requested, timesOf } from './request-verbs.ts';
import type { Verb } from './verb.ts';

/** What runs say of approvals and of checks: `r1 waits for ann, bob` · `r1 passes its checks from 5 until 30`. */
export const approvalVerbs = {
  'is approved': (cast, subject) => ({ type: 'ApprovalGiven', ...attemptOf(cast, subject) }),
  'awaits approval of': unapproved,
  'comes unapproved to': unapproved,
  'waits for': (cast, subject, rest) => ({
    type: 'HolderChanged',
    ...attemptOf(cast, subject),
    state: 'awaitingApproval',
    approvers: rest.split(/, */),
  }),
  'is done and waits for': (cast, subject, rest) => ({
    type: 'HolderChanged',
    ...attemptOf(cast, subject),
    state: 'awaitingPostApproval',
    approvers: rest.split(/, */),
  }),
  'is rejected': (cast, subject) => ({ type: 'LocksReleased', ...attemptOf(cast, subject), end: 'failed' }),
  'loses a check': (cast, subject) => ({
    type: 'ChecksChanged',
    ...attemptOf(cast, subject),
    valid: false,
  }),
  'passes its checks': (cast, subject, rest) => ({
    type: 'ChecksChanged',
    ...attemptOf(cast, subject),
    valid: true,
    ...timesOf(rest),
  }),
} as const satisfies Record<string, Verb>;

function unapproved(cast: Cast, subject: string, rest: string): ReturnType<Verb> {
  return { ...requested(cast, subject, rest), approvals: 'pending' };
}
