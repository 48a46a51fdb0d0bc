import type { LockPolicy } from '@signalbox/model';
import { DEFAULT_LOCK_POLICY } from '@signalbox/model';
import { describe, expect, it } from 'vitest';
import { policyWords } from '../../src/view-models/policy.ts';

describe('policyWords', () => {
  const cases: readonly (readonly [Partial<LockPolicy>, string])[] = [
    [{}, 'one at a time · in the order they arrived · newest run wins'],
    [
      { behavior: 'sequential', orderBy: 'runQueueTime' },
      'one at a time · in the order the runs were queued · every run gets its turn',
    ],
    [
      { capacity: 3, behavior: 'branchRunLatest' },
      'up to 3 at a time · in the order they arrived · newest run of each branch wins',
    ],
    [{ behavior: 'parallel' }, 'one at a time · in the order they arrived · nobody waits'],
  ];

  it.each(cases)('puts %j into words', (part, words) => {
    expect(policyWords({ ...DEFAULT_LOCK_POLICY, ...part }).short.join(' · ')).toBe(words);
  });

  it('says what the wait time-out does', () => {
    const words = (onWaitTimeout: LockPolicy['onWaitTimeout']): string =>
      policyWords({ ...DEFAULT_LOCK_POLICY, waitTimeoutMinutes: 90, onWaitTimeout }).full;
    expect(words('skip')).toContain('has waited 1 h gives up: its stage is skipped and the run fails.');
    expect(words('fail')).toContain('its stage fails and the run fails.');
  });
});
