import { DEFAULT_LOCK_POLICY, LOCK_PRESETS, LOCK_SETTINGS } from '@signalbox/model';
import { describe, expect, it } from 'vitest';
import {
  lanesOf,
  lanesText,
  POLICY_GROUPS,
  policyPatch,
  presetOf,
  problemsOf,
  spanLines,
  spanOf,
  suggested,
  withPreset,
} from '../../../src/view-models/lock/policy-form.ts';
import { policySummary } from '../../../src/view-models/lock/policy-summary.ts';

describe('the form of a policy', () => {
  it('has a field for every setting that is a word or a number', () => {
    const fields = POLICY_GROUPS.flatMap((group) => group.fields.map(({ name }) => name));
    expect(fields.toSorted()).toEqual(LOCK_SETTINGS.map(({ name }) => name as string).toSorted());
  });

  it('has words of its own for every word of a setting', () => {
    for (const { choices = [] } of POLICY_GROUPS.flatMap(({ fields }) => fields))
      for (const { value, label } of choices) expect(label).not.toBe(value);
  });
});

describe('presets', () => {
  it.each(LOCK_PRESETS.map(({ name }) => name))('%s is known again', (name) => {
    const policy = withPreset({ ...DEFAULT_LOCK_POLICY, capacity: 3 }, name);
    expect(problemsOf(policy).size).toBe(0);
    expect(presetOf(policy)).toBe(name);
  });

  it('are not what a lock begins with', () => {
    expect(presetOf(DEFAULT_LOCK_POLICY)).toBeUndefined();
  });
});

describe('policyPatch', () => {
  it('has what differs and nothing else', () => {
    expect(policyPatch(DEFAULT_LOCK_POLICY, DEFAULT_LOCK_POLICY)).toEqual({});
    const after = { ...DEFAULT_LOCK_POLICY, capacity: 2, span: 'run' as const };
    expect(policyPatch(DEFAULT_LOCK_POLICY, after)).toEqual({ capacity: 2, span: 'run' });
  });
});

describe('lanes and spans as lines', () => {
  it('are read as they are written', () => {
    const lanes = [
      { name: 'hotfix', branches: ['refs/heads/hotfix/*', 'refs/heads/fix'], headStartMinutes: 60 },
    ];
    expect(lanesOf(lanesText(lanes))).toEqual(lanes);
    const span = { through: { 'shop/web = new': 'Verify' } };
    expect(spanOf(spanLines(span))).toEqual(span);
  });

  it('are refused where they cannot be read, and not ignored', () => {
    expect(problemsOf({ ...DEFAULT_LOCK_POLICY, lanes: lanesOf('hotfix') }).has('lanes')).toBe(true);
    expect(problemsOf({ ...DEFAULT_LOCK_POLICY, span: spanOf('') }).has('span')).toBe(true);
  });
});

describe('suggested', () => {
  it('takes what the address says, unless it is wrong', () => {
    const of = (text: string) => suggested(DEFAULT_LOCK_POLICY, new Map(new URLSearchParams(text)));
    expect(of('capacity=3')).toMatchObject({ capacity: 3 });
    expect(of('behavior=sequential')).toMatchObject({ behavior: 'sequential', capacity: 1 });
    expect(of('capacity=-3')).toBe(DEFAULT_LOCK_POLICY);
    expect(of('behavior=magic')).toBe(DEFAULT_LOCK_POLICY);
  });
});

describe('policySummary', () => {
  it('says what each setting does beside the first sentence', () => {
    expect(policySummary({ ...DEFAULT_LOCK_POLICY, behavior: 'sequential' })).toHaveLength(1);
    const rich = policySummary({
      ...DEFAULT_LOCK_POLICY,
      orderBy: 'runQueueTime',
      span: { through: { shop: 'Verify' } },
      holdLimitMinutes: 30,
      onFailure: 'hold',
      cancel: 'afterStage',
      staleGuard: 'reject',
      lanes: [{ name: 'hotfix', branches: ['refs/heads/hotfix/*'], headStartMinutes: 60 }],
    }).join(' ');
    for (const part of [
      'Older runs give way when the lock comes free',
      'A run waits for older runs',
      'Lane hotfix: runs of hotfix/* wait as if they had come 1 h earlier.',
      'until Verify of shop is over',
      'longer than 30 min is reported',
      'until somebody acknowledges it',
      'only force goes through',
      'than what was last deployed fails',
    ])
      expect(rich).toContain(part);
  });
});
