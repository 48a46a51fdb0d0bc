import type { PolicyProblemCode } from '@signalbox/model';

/** What the reference page says about a refusal. */
export interface RefusalRow {
  /** What is the matter, in one sentence. */
  readonly meaning: string;
  /** What the caller does about it, in one sentence. */
  readonly remedy: string;
}

/** Why a command is refused. Codes are stable: scripts match on them. */
export type RefusalCode =
  | 'run-not-found'
  | 'stage-not-found'
  | 'job-not-found'
  | 'stage-not-started'
  | 'run-canceling'
  | 'stage-under-way'
  | 'stage-draining'
  | 'nothing-to-retry'
  | 'attempts-limit'
  | 'stage-not-startable'
  | 'stage-not-skippable'
  | 'no-stage-left'
  | 'run-number-invalid'
  | 'counter-invalid'
  | PolicyProblemCode
  | 'lock-name'
  | 'lock-not-found'
  | 'request-not-found'
  | 'request-not-waiting'
  | 'move-elsewhere'
  | 'freeze-until'
  | 'freeze-exempt'
  | 'reason-missing'
  | 'not-failed'
  | 'holder-alive'
  | 'lock-in-use'
  | 'lock-disabled'
  | 'lease-request'
  | 'lease-caller'
  | 'lease-locks'
  | 'lease-seconds'
  | 'request-reused'
  | 'lease-not-found'
  | 'lease-owner'
  | 'lease-lost'
  | 'agent-not-found'
  | 'agent-busy'
  | 'parallel-jobs'
  | 'session-replaced'
  | 'lease-refused'
  | 'approval-not-found'
  | 'approval-over'
  | 'approval-not-approver'
  | 'approval-not-your-turn'
  | 'approval-decided'
  | 'approval-requester'
  | 'approval-blocked'
  | 'approval-deferral'
  | 'approval-reassign'
  | 'approval-comment'
  | 'check-not-found'
  | 'check-over'
  | 'check-operation'
  | 'check-not-administrator'
  | 'check-deferral'
  | 'check-running'
  | 'check-evaluations'
  | 'parked';

/** Every refusal of a command, in the order of the reference page `docs/reference/refusals.md`. */
export const REFUSALS: Readonly<Record<RefusalCode, RefusalRow>> = {
  'run-not-found': {
    meaning: 'There is no run of this number.',
    remedy: 'Check the number.',
  },
  'stage-not-found': {
    meaning: 'The pipeline or the run has no stage of this name.',
    remedy: 'Use the name behind `stage:`, not the display name; letter case does not matter.',
  },
  'job-not-found': {
    meaning: 'The pipeline has no job of this name in the stage.',
    remedy: 'Write the names of stage and job with a dot between: `Stage.Job`; letter case does not matter.',
  },
  'stage-not-started': {
    meaning: 'The stage has not started, so there is nothing to cancel or to run again.',
    remedy: 'Cancel the run, or wait until the stage starts; a manual stage is started by hand.',
  },
  'run-canceling': {
    meaning: 'The run is being canceled, so nothing of it can be started or run again yet.',
    remedy: 'Wait until the cancel is over.',
  },
  'stage-under-way': {
    meaning: 'A stage that would run again, one before it or one behind it is under way.',
    remedy: 'Wait until it is over, or cancel it.',
  },
  'stage-draining': {
    meaning: 'The stage is over, but an agent may still be at work on its last attempt.',
    remedy: 'Wait until the agent reports the end, or until its lease is over.',
  },
  'nothing-to-retry': {
    meaning: 'Nothing failed, so nothing is run again.',
    remedy: 'Name a stage, or ask for all of its jobs.',
  },
  'attempts-limit': {
    meaning: 'The stage has had as many attempts as a stage of a run can have.',
    remedy: 'Queue a new run.',
  },
  'stage-not-startable': {
    meaning: 'Only a manual stage, or one that was skipped, is started by hand.',
    remedy: 'Run the stage again if it has run; otherwise it starts by itself.',
  },
  'stage-not-skippable': {
    meaning: 'A stage that says `isSkippable: false` was to be left out.',
    remedy: 'Take it from the stages to skip, or change the file.',
  },
  'no-stage-left': {
    meaning: 'All stages of the pipeline were to be left out.',
    remedy: 'Leave at least one.',
  },
  'run-number-invalid': {
    meaning: 'What the `name:` of the pipeline comes to cannot be the number of a run.',
    remedy: 'Change the format as the message says.',
  },
  'counter-invalid': {
    meaning: 'A counter of the pipeline has no possible value, or the run has too many counters.',
    remedy: 'Change what the expressions `counter(prefix, seed)` are given, as the message says.',
  },
  'policy-setting': {
    meaning: 'A lock has no setting of this name.',
    remedy: 'Use a name from the table of settings; letter case matters in a policy file.',
  },
  'policy-value': {
    meaning: 'A setting of a lock has a value that it cannot have.',
    remedy: 'Use one of the values that the message names.',
  },
  'policy-capacity': {
    meaning: 'The capacity of a lock is not a whole number within its bounds.',
    remedy: 'Give a number within the bounds that the message names.',
  },
  'policy-expected-limit': {
    meaning:
      'The time for which a run that waits for a person holds younger ones back is not a whole number of minutes within its bounds.',
    remedy: 'Give a number within the bounds that the message names; 0 lets younger runs pass at once.',
  },
  'policy-contradiction': {
    meaning: 'Two settings of a lock exclude each other.',
    remedy: 'Change one of the two that the message names.',
  },
  'policy-lanes': {
    meaning: 'The lanes of a lock are not what lanes can be.',
    remedy: 'Do what the message says.',
  },
  'policy-hold-limit': {
    meaning: 'The hold limit of a lock is not a whole number of minutes within its bounds.',
    remedy: 'Give a number within the bounds that the message names; 0 is no limit.',
  },
  'policy-wait-timeout': {
    meaning: 'The wait time-out of a lock is not a whole number of minutes within its bounds.',
    remedy: 'Give a number within the bounds that the message names.',
  },
  'lock-name': {
    meaning: 'The name of a lock is empty or too long.',
    remedy: 'Give a name of the length that the message names.',
  },
  'lock-not-found': {
    meaning: 'The project has no lock of this number.',
    remedy: 'List the locks of the project, and use the number or the name shown there.',
  },
  'request-not-found': {
    meaning: 'The project has no lock request of this number.',
    remedy: 'List the queue of the lock, and use the number shown there.',
  },
  'request-not-waiting': {
    meaning: 'The lock request does not wait, so it cannot be held, moved, withdrawn or forced.',
    remedy: 'Look at the queue again; a stage that holds its locks is canceled through its run.',
  },
  'move-elsewhere': {
    meaning: 'A request can only be moved beside another one that waits at one of its locks.',
    remedy: 'Name a request that waits in the same queue and is not forced.',
  },
  'freeze-until': {
    meaning: 'The end of a freeze lies in the past.',
    remedy: 'Give a time in the future, or none.',
  },
  'freeze-exempt': {
    meaning: 'A branch that a freeze exempts is not a name or the beginning of names.',
    remedy: 'Write full names such as `refs/heads/main`, or beginnings such as `refs/heads/hotfix/*`.',
  },
  'reason-missing': {
    meaning: 'What an operator does to the queue needs a reason.',
    remedy: 'Say why in a sentence; it stands in the journal.',
  },
  'not-failed': {
    meaning: 'The lock request is not kept for a failure, so there is nothing to acknowledge.',
    remedy: 'Look at the lock again; only `onFailure: hold` keeps a lock after a failure.',
  },
  'holder-alive': {
    meaning: 'A lock is taken only from a holder that is quarantined or draining, never from a live one.',
    remedy: 'Cancel the stage through its run, and wait until its clean-up is over.',
  },
  'lock-in-use': {
    meaning: 'What somebody holds the lock of cannot be deleted: a deployment is under way.',
    remedy: 'Wait for its end, or cancel it; who only waits is turned away by the deletion itself.',
  },
  'lock-disabled': {
    meaning: 'A caller from outside asked for a lock that is disabled, so it would protect nothing.',
    remedy: 'Enable the lock, or leave it out.',
  },
  'lease-request': {
    meaning: 'The id of a lease request is empty, too long, or has other characters than an id may have.',
    remedy: 'Use letters, digits and `. _ : -`; a UUID will do.',
  },
  'lease-caller': {
    meaning: 'The name of the caller of a lease is empty, too long, or has control characters.',
    remedy: 'Say in a few words who asks; the queue shows it.',
  },
  'lease-locks': {
    meaning: 'A lease names no lock, too many, or one of them twice.',
    remedy: 'Name each lock once, within the bound that the message names.',
  },
  'lease-seconds': {
    meaning: 'The length of a lease is not a whole number of seconds within its bounds.',
    remedy: 'Give a number within the bounds that the message names, and renew the lease in time.',
  },
  'request-reused': {
    meaning: 'The id of a lease request was used for other locks or by another caller.',
    remedy: 'Use a new id for a new request.',
  },
  'lease-not-found': {
    meaning: 'The project has no lease with this request id.',
    remedy: 'Check the id; letter case does not matter.',
  },
  'lease-owner': {
    meaning: 'A lease is renewed and released only with the token that asked for it.',
    remedy: 'Use that token; an administrator may withdraw a waiting request.',
  },
  'lease-lost': {
    meaning: 'The lease is over: released, not renewed in time, withdrawn, timed out, or held for too long.',
    remedy: 'Stop what the lock protects, and ask again with a new request id.',
  },
  'agent-not-found': {
    meaning: 'The pool has no agent of this number.',
    remedy: 'List the agents of the pool; one that was removed has to connect again.',
  },
  'agent-busy': {
    meaning: 'An agent that has a job cannot be removed.',
    remedy: 'Wait for the end of its job, or cancel it.',
  },
  'parallel-jobs': {
    meaning: 'A limit of parallel jobs is a whole number from 1, or nothing for no limit.',
    remedy: 'Give such a number, or `none`.',
  },
  'session-replaced': {
    meaning: 'Another process serves under the name of this agent, or this one has left.',
    remedy: 'Give each agent of a pool a name of its own.',
  },
  'lease-refused': {
    meaning: 'The lease of the job is not the current one, so nothing was changed.',
    remedy: 'Stop the job; agents do so by themselves.',
  },
  'approval-not-found': {
    meaning: 'The run has no such approval.',
    remedy: 'List the approvals of the project, and use the id shown there.',
  },
  'approval-over': {
    meaning: 'The approval is decided, timed out or canceled already.',
    remedy: 'Look at the run: a decision is final, and a stage that is run again asks anew.',
  },
  'approval-not-approver': {
    meaning: 'The caller is no approver of this approval, nor a member of a group that is.',
    remedy: 'Ask one of those whom the message names, or an administrator to reassign it.',
  },
  'approval-not-your-turn': {
    meaning: 'The approval goes in sequence, and others decide first; or it is not asked for yet.',
    remedy: 'Wait until those before have decided.',
  },
  'approval-decided': {
    meaning: 'The caller has decided this approval already; the first decision stands.',
    remedy: 'Cancel the run if it must not go on.',
  },
  'approval-requester': {
    meaning: 'Whoever asked for the run may not approve it.',
    remedy: 'Ask another approver.',
  },
  'approval-blocked': {
    meaning: 'The caller is blocked from deciding this approval.',
    remedy: 'Ask another approver.',
  },
  'approval-deferral': {
    meaning: 'An approval is deferred to a time that has passed, or that lies behind its time-out.',
    remedy: 'Give a time in the future and before the time-out.',
  },
  'approval-reassign': {
    meaning: 'An approval is handed to somebody who is blocked, or who has a place in it already.',
    remedy: 'Name somebody else.',
  },
  'approval-comment': {
    meaning: 'The comment on an approval is too long.',
    remedy: 'Shorten it to the length that the message names.',
  },
  'check-not-found': {
    meaning: 'The run has no such check.',
    remedy: 'List the checks of the run, and use the id shown there.',
  },
  'check-over': {
    meaning:
      'The stage does not wait for this check: it is decided for good, or the stage has started or ended.',
    remedy: 'Look at the run: a stage that is run again is checked anew.',
  },
  'check-operation': {
    meaning: 'A check of this kind cannot be bypassed, run again or put off.',
    remedy: 'Disable or change the check for runs to come; an approver can defer an approval.',
  },
  'check-not-administrator': {
    meaning: 'Only an administrator of the resource may bypass its checks.',
    remedy: 'Ask an administrator.',
  },
  'check-deferral': {
    meaning: 'A check is put off to a time that has passed, or that lies behind its time-out.',
    remedy: 'Give a time in the future and before the time-out.',
  },
  'check-running': {
    meaning: 'The check is being evaluated, so it cannot be run again yet.',
    remedy: 'Wait for the answer of its service.',
  },
  'check-evaluations': {
    meaning: 'The check has been evaluated as often as a check can be.',
    remedy: 'Bypass it, or cancel the run and queue a new one.',
  },
  parked: {
    meaning: 'The command failed again and again and was set aside; the log of the server has the cause.',
    remedy: 'Look for the cause in the log of the server, and report it.',
  },
};

/** Whether a text is the code of a refusal. */
export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(REFUSALS, code);
}

/** A refused command: the caller's fault, as a value. Nothing changed. */
export interface Refusal {
  /** Stable, documented in `docs/reference/refusals.md`. */
  readonly code: RefusalCode;
  readonly message: string;
}

/** A refusal as a sender reads it: kept replies may be of another version, so any code is possible. */
export interface ToldRefusal {
  readonly code: string;
  readonly message: string;
}
