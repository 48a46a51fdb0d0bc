import { branchControlProblems, branchesIn, DEFAULT_BRANCH_CONTROL, fitsBranch } from '@signalbox/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** Few letters, so that patterns fit now and then. */
const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 8 });
const pattern = fc.array(fc.oneof(text, fc.constant('*')), { maxLength: 5 }).map((parts) => parts.join(''));

/** The same by a regular expression: slow for some patterns, but short. */
function fitsByExpression(wanted: string, branch: string): boolean {
  const parts = wanted.split('*').map((part) => part.replace(/[/]/g, '\\/'));
  return new RegExp(`^${parts.join('.*')}$`).test(branch);
}

describe('fitsBranch [CHK-61]', () => {
  it('is what a regular expression says, whatever the pattern', () => {
    fc.assert(
      fc.property(pattern, text, (wanted, branch) => {
        expect(fitsBranch(wanted, branch)).toBe(fitsByExpression(wanted, branch));
      }),
      { numRuns: 2000 },
    );
  });

  it('comes to an end with many stars, which a regular expression would not', () => {
    expect(fitsBranch('a*'.repeat(200) + 'b', 'a'.repeat(4000))).toBe(false);
  });

  it.each([
    ['refs/heads/main', 'refs/heads/main', true],
    ['refs/heads/main', 'refs/heads/main2', false],
    ['refs/heads/main', 'refs/heads/Main', false],
    ['refs/heads/*', 'refs/heads/', true],
    ['refs/heads/*/hotfix', 'refs/heads/a/b/hotfix', true],
    ['refs/heads/*/hotfix', 'refs/heads/hotfix', false],
    ['*', 'refs/tags/v1', true],
    ['ab*ba', 'aba', false],
  ])('%s and %s: %s', (wanted, branch, expected) => {
    expect(fitsBranch(wanted, branch)).toBe(expected);
  });
});

describe('branchControlProblems [CHK-61]', () => {
  it.each([
    ['', 0],
    ['refs/heads/main, refs/heads/release/*', 0],
    [' refs/heads/main ,, ', 0],
    ['*', 0],
    ['main', 1],
    ['refs/heads/two words', 1],
    ['refs/heads/x'.repeat(400), 1],
  ])('of %j: %i', (allowedBranches, count) => {
    expect(branchControlProblems({ ...DEFAULT_BRANCH_CONTROL, allowedBranches })).toHaveLength(count);
    expect(
      branchControlProblems({ ...DEFAULT_BRANCH_CONTROL, protectedBranches: allowedBranches }),
    ).toHaveLength(count);
  });

  it('asks for a name of a line, and an interval of minutes', () => {
    const bad = { ...DEFAULT_BRANCH_CONTROL, displayName: 'two\nlines', retryMinutes: 0.5 };
    expect(branchControlProblems(bad)).toHaveLength(2);
  });

  it('reads what it refuses nothing of', () => {
    expect(branchesIn(' refs/heads/main ,, refs/heads/x')).toEqual(['refs/heads/main', 'refs/heads/x']);
  });
});
