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
  /** The sentence of the server: who is awaited, since when, until when. */
  readonly waits: string;
  readonly since: Moment;
  /** As its author wrote them; plain text. */
  readonly instructions: string;
  /** What was decided and handed on so far, one sentence each, oldest first. */
  readonly history: readonly string[];
  /** Absent until the server has said who may. */
  readonly say?: Say;
  /** The places that the viewer may hand on to somebody else. */
  readonly handsOn: readonly string[];
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
    text: `${stage.displayName}: ${open.text}`,
  }));
}

/** An approval of any run of the project, as the inbox shows it. */
export interface InboxCard extends ApprovalCard {
  readonly runId: number;
  readonly runNumber: string;
  readonly pipeline: string;
  readonly stage: string;
  readonly resource: WireApproval['resource'];
  /** It was approved, but does not count before then. */
  readonly deferred: boolean;
}

/** The inbox: what the viewer may decide comes first, and of that what was asked first. */
export function inbox(
  approvals: readonly WireApproval[],
  eyes: ApprovalEyes,
): { readonly mine: readonly InboxCard[]; readonly others: readonly InboxCard[] } {
  const cards = approvals
    .toSorted((a, b) => (a.createdOn ?? '').localeCompare(b.createdOn ?? '') || a.id.localeCompare(b.id))
    .map((one) => inboxCard(one, eyes));
  return {
    mine: cards.filter((card) => card.say?.may === true),
    others: cards.filter((card) => card.say?.may !== true),
  };
}

function inboxCard(one: WireApproval, eyes: ApprovalEyes): InboxCard {
  const { stage, resource, pipeline, createdOn, waitsFor, timeoutOn, status } = one;
  const deferred = status === 'deferred' || waitsFor.length === 0;
  const since = createdOn ?? new Date(eyes.now).toISOString();
  const until = timeoutOn === undefined ? '' : ` It times out at ${exactly(timeoutOn)}.`;
  return {
    id: one.id,
    title: `${stage.name} on ${resource.name}`,
    waits: deferred ? 'Approved; it counts later.' : `Waits for ${listed(waitsFor)}.${until}`,
    since: moment(ago(since, eyes.now), since),
    instructions: one.instructions,
    history: one.steps.flatMap((step) => stepHistory(step, eyes.now)),
    handsOn: placesToHandOn(one, eyes.me),
    say: say(one, { waitsFor }, eyes.me),
    runId: pipeline.owner.id,
    runNumber: pipeline.owner.name,
    pipeline: pipeline.name,
    stage: stage.name,
    resource,
    deferred,
  };
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
    waits: open.text,
    since: moment(ago(open.since, now), open.since),
    instructions: open.instructions,
    history: (detail?.steps ?? []).flatMap((step) => stepHistory(step, now)),
    handsOn: detail === undefined ? [] : placesToHandOn(detail, me),
    ...(detail !== undefined && { say: say(detail, open, me) }),
  };
}

/** The ids of those among the cards that the viewer may decide. */
export function mine(cards: readonly ApprovalCard[]): readonly string[] {
  return cards.filter((card) => card.say?.may === true).map((card) => card.id);
}

/** `ann, bob or cid`. */
function listed(names: readonly string[]): string {
  const rest = names.slice(0, -1);
  return rest.length === 0 ? names.join('') : `${rest.join(', ')} or ${names.at(-1) ?? ''}`;
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

/** An administrator hands on any place, an approver his own (APPR-9). */
function placesToHandOn({ permissions, steps }: WireApproval, me: MeView): readonly string[] {
  const may = permissions.split(',').map((each) => each.trim());
  if (!may.includes('reassign') || !me.permissions.includes('decideApprovals')) return [];
  const pending = steps
    .filter(({ status }) => status === 'pending')
    .map(({ assignedApprover }) => assignedApprover);
  const own = pending.filter(({ displayName }) => fold(displayName) === fold(me.name));
  const places = may.includes('resourceAdmin') || own.length === 0 ? pending : own;
  return places.map(({ displayName }) => displayName);
}

function say(detail: WireApproval, { waitsFor }: Pick<OpenApprovalView, 'waitsFor'>, me: MeView): Say {
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
  return { may: false, why: `You are ${me.name}; only ${listed(waitsFor)} may decide.` };
}
