import { describe, expect, it } from 'vitest';
import { mergeStepResult } from '../../src/job/results.ts';

describe('mergeStepResult', () => {
  it.each([
    ['succeeded', 'succeeded', 'succeeded'],
    ['succeeded', 'succeededWithIssues', 'succeededWithIssues'],
    ['succeeded', 'failed', 'failed'],
    ['succeeded', 'canceled', 'succeeded'],
    ['succeeded', 'skipped', 'succeeded'],
    ['succeededWithIssues', 'succeeded', 'succeededWithIssues'],
    ['succeededWithIssues', 'failed', 'failed'],
    ['succeededWithIssues', 'skipped', 'succeededWithIssues'],
    ['failed', 'succeeded', 'failed'],
    ['failed', 'succeededWithIssues', 'failed'],
    ['failed', 'canceled', 'failed'],
    ['failed', 'skipped', 'failed'],
  ] as const)('of a job that is %s, a step that is %s makes one that is %s (RES-5)', (job, step, merged) => {
    expect(mergeStepResult(job, step)).toBe(merged);
  });
});
