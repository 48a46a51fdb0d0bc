import { approverText, fold, isSame, type ApprovalSettings, type Instant } from '@signalbox/model';
import type { Refusal } from '../refusals.ts';
import { isDecided, type ApprovalAct, type ApprovalProgress, type ApprovalStep } from './approval-state.ts';
import type { Acted, ActContext } from './kind.ts';
import { fits } from './person.ts';

/** The longest comment: more belongs elsewhere. */
const MAX_COMMENT = 2000;

type Act<W extends ApprovalAct['what']> = Extract<ApprovalAct, { what: W }>;

/**
 * A person approves, rejects, or hands a place on. One act decides one place: the one named, else the first pending
 * one that the person fits (GAP-22); each person counts once (INV-30).
 */
export function actOnApproval(
  { settings, progress }: { readonly settings: ApprovalSettings; readonly progress: ApprovalProgress },
  act: ApprovalAct,
  context: ActContext,
): Acted<ApprovalProgress> {
  if ((act.comment ?? '').length > MAX_COMMENT) {
    return refuse('approval-comment', `A comment has at most ${MAX_COMMENT} characters.`);
  }
  const found = placeFor(progress.steps, act, context);
  if ('refusal' in found) return found;
  const changed =
    act.what === 'reassign'
      ? reassign(settings, progress.steps, { act, step: found.step, context })
      : decide(settings, progress.steps, { act, step: found.step, context });
  if ('refusal' in changed) return changed;
  const steps = progress.steps.map((step) => (step === found.step ? changed.step : step));
  return { progress: { ...progress, steps } };
}

type Found = { readonly step: ApprovalStep } | { readonly refusal: Refusal };

function placeFor(steps: readonly ApprovalStep[], act: ApprovalAct, { by }: ActContext): Found {
  const named = act.assigned;
  const meant = steps.filter(({ assigned }) => named === undefined || fold(assigned.name) === fold(named));
  const mayHandOn = act.what === 'reassign' && by.administrator;
  const mine = meant.filter(({ assigned }) => mayHandOn || fits(by, assigned));
  const step = mine.find(({ status }) => status === 'pending');
  if (step !== undefined) return { step };
  if (mine.some(({ status }) => status === 'uninitiated')) {
    return refuse(
      'approval-not-your-turn',
      `It is not the turn of ${by.name} yet: approvals go in sequence.`,
    );
  }
  if (steps.some((one) => isDecided(one) && hasActed(one, by.name))) return decidedBefore(by.name);
  if (mine.length > 0) return refuse('approval-over', `The place of ${by.name} is decided already.`);
  return refuse('approval-not-approver', `${by.name} is no approver here; ${whoMay(steps)}.`);
}

function whoMay(steps: readonly ApprovalStep[]): string {
  const names = steps
    .filter(({ status }) => status === 'pending')
    .map(({ assigned }) => approverText(assigned));
  return names.length === 0 ? 'nobody is awaited' : `it waits for ${names.join(', ')}`;
}

function decide(
  settings: ApprovalSettings,
  steps: readonly ApprovalStep[],
  {
    act,
    step,
    context,
  }: { readonly act: Act<'approve' | 'reject'>; readonly step: ApprovalStep; readonly context: ActContext },
): Found {
  const { by, now, requesters, dueAt } = context;
  if (steps.some((one) => hasActed(one, by.name))) return decidedBefore(by.name);
  if (settings.blockedApprovers.some((one) => fits(by, one))) {
    return refuse('approval-blocked', `${by.name} is blocked from deciding this approval.`);
  }
  const decided = { ...step, actual: by.name, actedAt: now, ...commentOf(act) };
  if (act.what === 'reject') return { step: { ...decided, status: 'rejected' } };
  const isRequester = requesters.some((one) => fold(one) === fold(by.name));
  if (settings.requesterCannotBeApprover && isRequester) {
    return refuse('approval-requester', `${by.name} asked for this run, so somebody else has to approve it.`);
  }
  if (act.deferredTo === undefined) return { step: { ...decided, status: 'approved' } };
  return defer(decided, act.deferredTo, { now, dueAt });
}

/** Approved, but not before a time that lies ahead and inside the time-out (APPR-8, GAP-23). */
function defer(
  step: ApprovalStep,
  deferredTo: Instant,
  { now, dueAt }: Pick<ActContext, 'now' | 'dueAt'>,
): Found {
  if (deferredTo > now && deferredTo < dueAt) return { step: { ...step, status: 'deferred', deferredTo } };
  const message = 'An approval is deferred to a time that lies in the future and before its time-out.';
  return refuse('approval-deferral', message);
}

/** Hands a pending place to somebody who has no other one and is not blocked (APPR-9). */
function reassign(
  settings: ApprovalSettings,
  steps: readonly ApprovalStep[],
  {
    act,
    step,
    context,
  }: { readonly act: Act<'reassign'>; readonly step: ApprovalStep; readonly context: ActContext },
): Found {
  const { to } = act;
  if (steps.some(({ assigned }) => isSame(assigned, to))) {
    return refuse('approval-reassign', `${approverText(to)} has a place in this approval already.`);
  }
  if (settings.blockedApprovers.some((one) => isSame(one, to))) {
    return refuse('approval-reassign', `${approverText(to)} is blocked from deciding this approval.`);
  }
  const { by, now: at } = context;
  const handOver = { from: step.assigned, to, by: by.name, at, ...commentOf(act) };
  return { step: { ...step, assigned: to, history: [...step.history, handOver] } };
}

/** Whether the person has filled the place. */
function hasActed({ actual }: ApprovalStep, name: string): boolean {
  return actual !== undefined && fold(actual) === fold(name);
}

function decidedBefore(name: string): { readonly refusal: Refusal } {
  return refuse('approval-decided', `${name} has decided already; the first decision stands.`);
}

function commentOf({ comment }: ApprovalAct): { readonly comment?: string } {
  return comment === undefined || comment === '' ? {} : { comment };
}

function refuse(code: Refusal['code'], message: string): { readonly refusal: Refusal } {
  return { refusal: { code, message } };
}
