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

/** How much lanes may be: how many of one lock, branches and characters of the name of one, minutes (thirty days). */
export const LANE_LIMITS = { lanes: 8, branches: 32, name: 64, headStartMinutes: 43_200 } as const;

/** By how many minutes a run of the branch is ahead of others; 0 without a lane. */
export function headStartOf(lanes: readonly Lane[], branch: string): number {
  return lanes.find(({ branches }) => matchesBranch(branches, branch))?.headStartMinutes ?? 0;
}

/** What is wrong with lanes, in one sentence; undefined when nothing is. */
export function laneProblem(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length > LANE_LIMITS.lanes) {
    return `The lanes of a lock are a list of at most ${LANE_LIMITS.lanes}.`;
  }
  const names = new Set(value.map((lane: Partial<Lane> | null) => lane?.name));
  if (names.size < value.length) return 'Each lane of a lock has a name of its own.';
  return value.every(isLane)
    ? undefined
    : `A lane has exactly a name of 1 to ${LANE_LIMITS.name} characters, 1 to ${LANE_LIMITS.branches} branches, each a full name or a beginning with '*' at its end, and headStartMinutes from 1 to ${LANE_LIMITS.headStartMinutes}.`;
}

function isLane(value: unknown): value is Lane {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 3) return false;
  const { name, branches, headStartMinutes: start } = value as Record<string, unknown>;
  const bounded =
    Number.isInteger(start) && Number(start) >= 1 && Number(start) <= LANE_LIMITS.headStartMinutes;
  return isName(name) && areBranches(branches) && bounded;
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && value.length <= LANE_LIMITS.name;
}

function areBranches(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= LANE_LIMITS.branches &&
    value.every(isBranchPattern)
  );
}
