import { taskProblems, type TaskSettings } from './task.ts';

/** The settings of a branch control (CHK-61). */
export interface BranchControlSettings extends TaskSettings {
  readonly kind: 'branchControl';
  /** Patterns of full branch names, separated by commas, as somebody wrote them; empty: any branch. */
  readonly allowedBranches: string;
  /** Every branch has to be protected, too. */
  readonly ensureProtection: boolean;
  /** A branch of which nobody knows whether it is protected passes all the same. */
  readonly allowUnknownStatus: boolean;
  /** Ours: patterns of branches that are protected. We do not ask a Git host for its branch policies. */
  readonly protectedBranches: string;
}

/** What a branch control is where nothing is said. */
export const DEFAULT_BRANCH_CONTROL: BranchControlSettings = {
  kind: 'branchControl',
  displayName: '',
  allowedBranches: '',
  ensureProtection: false,
  allowUnknownStatus: false,
  protectedBranches: '',
};

/** Longest list of patterns. */
export const MAX_BRANCH_LIST = 4000;

/** The patterns of a list that commas separate. */
export function branchesIn(list: string): readonly string[] {
  return list
    .split(',')
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '');
}

/** Whether a full branch name fits a pattern; `*` stands for any text. Letter case counts, as it does for git. */
export function fitsBranch(pattern: string, branch: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) return branch === pattern;
  if (!branch.startsWith(head) || branch.length < head.length + tail.length) return false;
  const end = branch.length - tail.length;
  let at = head.length;
  for (const part of rest) {
    const found = branch.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return branch.endsWith(tail);
}

/** What is wrong with a branch control, each in one sentence that says how to mend it; none: it can be saved. */
export function branchControlProblems(settings: BranchControlSettings): readonly string[] {
  const { allowedBranches, protectedBranches } = settings;
  return [
    ...listProblems('allowedBranches', allowedBranches),
    ...listProblems('protectedBranches', protectedBranches),
    ...taskProblems(settings),
  ];
}

function listProblems(name: string, list: string): readonly string[] {
  if (list.length > MAX_BRANCH_LIST) {
    return [`"${name}" has at most ${MAX_BRANCH_LIST} characters; shorten it with "*".`];
  }
  const bad = branchesIn(list).find((pattern) => !/^(?:refs\/|\*)[^\s\p{Cc}]*$/u.test(pattern));
  if (bad === undefined) return [];
  return [`"${name}" has ${bad}, which is no full name of a branch; write refs/heads/${bareName(bad)}.`];
}

function bareName(pattern: string): string {
  return pattern.replace(/[\s\p{Cc}]/gu, '-').slice(0, 100);
}
