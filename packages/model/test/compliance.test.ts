import { complianceIssue, type InvokeSettings } from '@signalbox/model';
import { describe, expect, it } from 'vitest';

function issue(completion: InvokeSettings['completion'], retryMinutes: number, timeout: number): boolean {
  const settings: InvokeSettings = {
    kind: 'invoke',
    task: 'restApi',
    displayName: '',
    inputs: {},
    completion,
    retryMinutes,
  };
  return complianceIssue(settings, timeout) !== undefined;
}

describe('complianceIssue [HOOK-11, HOOK-12]', () => {
  it.each([
    ['callback', 0, 1440, false],
    ['callback', 5, 1440, true],
    ['response', 0, 1440, false],
    ['response', 144, 1440, false],
    ['response', 143, 1440, true],
    ['response', 1, 1440, true],
  ] as const)('%s every %i minutes for %i: %s', (completion, retry, timeout, expected) => {
    expect(issue(completion, retry, timeout)).toBe(expected);
  });
});
