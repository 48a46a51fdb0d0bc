import { isBranchPattern, matchesBranch } from './branch-pattern.ts';

/**
 * A lane of a lock: runs of its branches wait as if they had come earlier. A request is passed only by those
 * that come within the head start after it, so nobody starves: that is the bound on overtakes.
 */
export interface Lane {
  readonly name: string;
  /** Patterns of branch names (`matchesBranch`); the first lane that fits counts. */
  readonly branches: readonly string[];
  readonly headStartMinutes: number;
}

/** What `lanes` means, as Markdown: for the reference, the policy file and its schema. */
export const LANES_SUMMARY =
  'Runs of these branches wait as if they had come that much earlier; nobody is passed by those that come later than that.';

/** Lanes of one lock. */
const MAX_LANES = 8;

/** Branches of one lane. */
const MAX_BRANCHES = 32;

/** A head start of more than thirty days would be no bound any more. */
const MAX_HEAD_START = 43_200;

/** Characters of a lane's name. */
const MAX_NAME = 64;

/** By how many minutes a run of the branch is ahead of others; 0 without a lane. */
export function headStartOf(lanes: readonly Lane[], branch: string): number {
  return lanes.find(({ branches }) => matchesBranch(branches, branch))?.headStartMinutes ?? 0;
}

/** What is wrong with lanes, in one sentence; undefined when nothing is. */
export function laneProblem(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length > MAX_LANES) {
    return `The lanes of a lock are a list of at most ${MAX_LANES}.`;
  }
  const names = new Set(value.map((lane: Partial<Lane> | null) => lane?.name));
  if (names.size < value.length) return 'Each lane of a lock has a name of its own.';
  return value.every(isLane)
    ? undefined
    : `A lane has exactly a name of 1 to ${MAX_NAME} characters, 1 to ${MAX_BRANCHES} branches, each a full name or a beginning with '*' at its end, and headStartMinutes from 1 to ${MAX_HEAD_START}.`;
}

function isLane(value: unknown): value is Lane {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 3) return false;
  const { name, branches, headStartMinutes: start } = value as Record<string, unknown>;
  const bounded = Number.isInteger(start) && Number(start) >= 1 && Number(start) <= MAX_HEAD_START;
  return isName(name) && areBranches(branches) && bounded;
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && value.length <= MAX_NAME;
}

function areBranches(value: unknown): boolean {
  return (
    Array.isArray(value) && value.length > 0 && value.length <= MAX_BRANCHES && value.every(isBranchPattern)
  );
}
