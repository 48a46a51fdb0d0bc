import type {
  MeView,
  OpenApprovalView,
  RunView,
  StageView,
  WireApproval,
  WireApprovalStep,
} from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { Moment } from './time.ts';
import { ago, exactly, moment } from './time.ts';

/** Whether the viewer may decide an approval, or the sentence that says why not. */
export type Say = { readonly may: true } | { readonly may: false; readonly why: string };

/** An approval that a run asks for now, ready to be decided. */
export interface ApprovalCard {
  readonly id: string;
  /** The stage and the resource that asks. */
  readonly title: string;
  /** `Waits for approval by ann or the group ops, until 2026-11-22 12:00:00 UTC.` */
  readonly waits: string;
  readonly since: Moment;
  /** As its author wrote them; plain text. */
  readonly instructions: string;
  /** What was decided and handed on so far, one sentence each, oldest first. */
  readonly history: readonly string[];
  /** Absent until the server has said who may. */
  readonly say?: Say;
}

/** One line about an approval, without its details. */
export interface ApprovalNote {
  readonly id: string;
  readonly text: string;
}

/** For whom, and when, an approval is shown. */
export interface ApprovalEyes {
  readonly me: MeView;
  readonly now: number;
}

/** The stages of a run that ask for approvals, each with one of its open approvals; in the order of the run. */
export function openApprovals(
  run: RunView,
): readonly { readonly stage: StageView; readonly open: OpenApprovalView }[] {
  return run.stages.flatMap((stage) => (stage.approvals ?? []).map((open) => ({ stage, open })));
}

/** What a row says of the approvals that its run asks for. */
export function approvalNotes(run: RunView): readonly ApprovalNote[] {
  return openApprovals(run).map(({ stage, open }) => ({
    id: open.id,
    text: `${stage.displayName} ${approvalText(open)}`,
  }));
}

/** `waits for approval by ann, bob, until …`, which leaves open how many of them are needed; for one that is only deferred, that it is given. */
export function approvalText({ resource, waitsFor, until }: OpenApprovalView): string {
  if (waitsFor.length === 0) return `is approved for ${resource}, but for later`;
  return `waits for approval by ${waitsFor.join(', ')}, until ${exactly(until)}`;
}

/** Everything about one open approval; `detail` is what the server says of it to this viewer. */
export function approvalCard(
  stage: StageView,
  open: OpenApprovalView,
  detail: WireApproval | undefined,
  { me, now }: ApprovalEyes,
): ApprovalCard {
  return {
    id: open.id,
    title: `${stage.displayName} on ${open.resource}`,
    waits: waits(open, detail),
    since: moment(ago(open.since, now), open.since),
    instructions: open.instructions,
    history: (detail?.steps ?? []).flatMap((step) => stepHistory(step, now)),
    ...(detail !== undefined && { say: say(detail, open, me) }),
  };
}

/** The ids of those among the cards that the viewer may decide. */
export function mine(cards: readonly ApprovalCard[]): readonly string[] {
  return cards.filter((card) => card.say?.may === true).map((card) => card.id);
}

/** A list with the last two joined by a word: `ann, bob or cid`. */
function listed(names: readonly string[], word: 'and' | 'or'): string {
  const rest = names.slice(0, -1);
  return rest.length === 0 ? names.join('') : `${rest.join(', ')} ${word} ${names.at(-1) ?? ''}`;
}

function waits(open: OpenApprovalView, detail: WireApproval | undefined): string {
  const { waitsFor, until } = open;
  if (waitsFor.length === 0) return 'It is approved; the approval counts later.';
  const end = `until ${exactly(until)}`;
  if (detail === undefined) return `Waits for approval by ${waitsFor.join(', ')}, ${end}.`;
  const left = missing(detail);
  if (left >= waitsFor.length)
    return `Waits for approval by ${listed(waitsFor, 'and')}, ${end}.${turns(detail)}`;
  const of = left === 1 ? '' : `${left} of `;
  return `Waits for approval by ${of}${listed(waitsFor, 'or')}, ${end}.`;
}

/** How many have still to approve; 0 as the minimum means everybody (APPR-4). */
function missing({ steps, minRequiredApprovers }: WireApproval): number {
  const needed = minRequiredApprovers === 0 ? steps.length : minRequiredApprovers;
  const given = steps.filter(({ status }) => status === 'approved' || status === 'deferred').length;
  return Math.max(1, needed - given);
}

function turns({ steps, executionOrder }: WireApproval): string {
  const later = steps
    .filter(({ status }) => status === 'uninitiated')
    .map(({ assignedApprover }) => name(assignedApprover));
  return executionOrder === 'inSequence' && later.length > 0 ? ` After that: ${later.join(', then ')}.` : '';
}

function name({ displayName, isContainer }: WireApprovalStep['assignedApprover']): string {
  return isContainer === true ? `the group ${displayName}` : displayName;
}

function stepHistory(step: WireApprovalStep, now: number): readonly string[] {
  const handed = step.history.map(
    ({ createdBy, assignedTo, createdOn, comment }) =>
      `${createdBy.displayName} handed it on to ${name(assignedTo)} ${ago(createdOn, now)}${quoted(comment)}`,
  );
  const { status, actualApprover, lastModifiedOn, comment, deferredTo } = step;
  if (actualApprover === undefined) return handed;
  const when = lastModifiedOn === undefined ? '' : ` ${ago(lastModifiedOn, now)}`;
  const verb = status === 'rejected' ? 'rejected' : 'approved';
  const later = deferredTo === undefined ? '' : `, from ${exactly(deferredTo)} on`;
  return [...handed, `${actualApprover.displayName} ${verb}${when}${later}${quoted(comment)}`];
}

function quoted(comment: string): string {
  return comment === '' ? '.' : `: “${comment}”`;
}

function say(detail: WireApproval, { waitsFor }: OpenApprovalView, me: MeView): Say {
  if (!me.permissions.includes('decideApprovals')) {
    return { may: false, why: `Your role, ${me.role}, may not decide approvals.` };
  }
  if (detail.permissions.split(',').some((each) => each.trim() === 'update')) return { may: true };
  const decided = detail.steps.find(
    ({ actualApprover }) =>
      actualApprover !== undefined && fold(actualApprover.displayName) === fold(me.name),
  );
  if (decided !== undefined) return { may: false, why: 'You have decided already; each person counts once.' };
  if (waitsFor.length === 0) return { may: false, why: 'Nobody has to decide any more.' };
  return { may: false, why: `You are ${me.name}; only ${listed(waitsFor, 'or')} may decide.` };
}
