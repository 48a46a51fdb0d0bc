import { fold } from '../ids.ts';

/**
 * Who may fill a place of an approval: a user by name, any one member of a group (APPR-2), or anyone who may queue the
 * pipeline, where a step on the server names nobody (APPR-19).
 */
export interface Approver {
  readonly kind: 'user' | 'group' | 'anyone';
  readonly name: string;
}

/** The settings of an approval (APPR-1). */
export interface ApprovalSettings {
  readonly kind: 'approval';
  /** When it is asked: in one of the categories of CHK-20, or when the jobs of the stage are over (CLASSIC-13). */
  readonly asked: 'preCheck' | 'dynamic' | 'postCheck' | 'postDeployment';
  /** One place each, in this order. */
  readonly approvers: readonly Approver[];
  /** How many places must be filled; 0: all of them. */
  readonly minRequiredApprovers: number;
  readonly executionOrder: 'anyOrder' | 'inSequence';
  /** Markdown, shown to those who approve (APPR-16); empty: none. */
  readonly instructions: string;
  /** Those for whom the run was started, or who started it, may not approve (APPR-7, GAP-20). */
  readonly requesterCannotBeApprover: boolean;
  /** They may not decide, even where a group of theirs may. */
  readonly blockedApprovers: readonly Approver[];
}

/** What an approval is where nothing is said. */
export const DEFAULT_APPROVAL: ApprovalSettings = {
  kind: 'approval',
  asked: 'preCheck',
  approvers: [],
  minRequiredApprovers: 0,
  executionOrder: 'anyOrder',
  instructions: '',
  requesterCannotBeApprover: false,
  blockedApprovers: [],
};

/** More places than this are a mistake. */
export const MAX_APPROVERS = 50;

/** A name is as long as the name of a token can be. */
export const MAX_APPROVER_NAME = 100;

/** Instructions are read by people. */
export const MAX_INSTRUCTIONS = 4000;

/** What is wrong with an approval, each in one sentence that says how to mend it; none: it can be saved (GAP-21). */
export function approvalProblems(settings: ApprovalSettings): readonly string[] {
  const { approvers, minRequiredApprovers: minimum, instructions, blockedApprovers } = settings;
  const problems: string[] = [];
  if (approvers.length === 0 || approvers.length > MAX_APPROVERS) {
    problems.push(`An approval has 1 to ${MAX_APPROVERS} approvers; name them.`);
  }
  const badName = [...approvers, ...blockedApprovers].find(({ name }) => !isName(name));
  if (badName !== undefined) {
    problems.push(`The name of an approver has 1 to ${MAX_APPROVER_NAME} characters; correct it.`);
  }
  const twice = approvers.find((one, index) => approvers.findIndex((other) => isSame(one, other)) < index);
  if (twice !== undefined) problems.push(`${approverText(twice)} is named twice; name each approver once.`);
  if (!Number.isSafeInteger(minimum) || minimum < 0 || minimum > approvers.length) {
    problems.push(
      `minRequiredApprovers is a whole number from 0 (all) to the number of approvers, ${approvers.length}.`,
    );
  }
  const both = approvers.find((one) => blockedApprovers.some((other) => isSame(one, other)));
  if (both !== undefined) {
    problems.push(`${approverText(both)} is an approver and blocked; take it from one of the lists.`);
  }
  if (instructions.length > MAX_INSTRUCTIONS) {
    problems.push(`Instructions have at most ${MAX_INSTRUCTIONS} characters; shorten them.`);
  }
  return problems;
}

function isName(name: string): boolean {
  return name.trim() !== '' && name.length <= MAX_APPROVER_NAME && !/\p{Cc}/u.test(name);
}

/** Whether two approvers are the same user or group; letter case does not count. */
export function isSame(one: Approver, other: Approver): boolean {
  return one.kind === other.kind && fold(one.name) === fold(other.name);
}

/** How an approver is named in a sentence: a group says that it is one. */
export function approverText({ kind, name }: Approver): string {
  return kind === 'group' ? `the group ${name}` : name;
}
