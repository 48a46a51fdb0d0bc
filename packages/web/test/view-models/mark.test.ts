import type { RunView, StageView } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import { runMark, stageMark } from '../../src/view-models/mark.ts';
import { openApproval } from '../harness/approvals.ts';
import { check } from '../harness/checks.ts';
import { run } from '../harness/runs.ts';
import { stage } from '../harness/stages.ts';

describe('stageMark', () => {
  const cases: readonly (readonly [Partial<StageView>, string])[] = [
    [{ state: 'notStarted' }, 'not started'],
    [{ state: 'waiting' }, 'waiting for a lock'],
    [{ state: 'waiting', checks: [check({ id: 'c' })] }, 'waiting for a check'],
    [{ state: 'waiting', checks: [check({ id: 'c', awaited: false })] }, 'waiting for a lock'],
    [{ state: 'running' }, 'running'],
    [{ state: 'running', cancelling: true }, 'cancelling'],
    [{ state: 'waiting', cancelling: true }, 'cancelling'],
    [{ state: 'draining', cancelling: true }, 'draining'],
    [{ state: 'completed', result: 'succeededWithIssues' }, 'succeeded with issues'],
    [{ state: 'completed', result: 'skipped' }, 'skipped'],
    [{ state: 'completed' }, 'abandoned'],
  ];

  it.each(cases)('marks %j as %s', (part, label) => {
    expect(stageMark(stage({ name: 'A', ...part })).label).toBe(label);
  });
});

describe('runMark', () => {
  const waiting = stage({ name: 'Deploy', state: 'waiting' });
  const asking = stage({ name: 'Docs', state: 'waiting', approvals: [openApproval({ id: 'a' })] });
  const running = stage({ name: 'Build', state: 'running' });
  const cases: readonly (readonly [string, Partial<RunView>, string])[] = [
    ['nothing has begun', { status: 'notStarted' }, 'queued'],
    ['its only live stage waits', { stages: [waiting] }, 'waiting for a lock'],
    ['its only live stage waits for a person', { stages: [asking, waiting] }, 'waiting for approval'],
    ['a person is awaited while another stage runs', { stages: [asking, running] }, 'running'],
    ['one stage waits while another runs', { stages: [waiting, running] }, 'running'],
    ['it ends on request', { status: 'cancelling', stages: [running] }, 'cancelling'],
    ['it ended with issues', { status: 'completed', result: 'partiallySucceeded' }, 'succeeded with issues'],
    ['it failed', { status: 'completed', result: 'failed' }, 'failed'],
  ];

  it.each(cases)('when %s', (_, part, label) => {
    expect(runMark(run({ id: 1, ...part })).label).toBe(label);
  });

  it('gives every state its own shape', () => {
    const results = [
      'succeeded',
      'succeededWithIssues',
      'failed',
      'canceled',
      'skipped',
      'abandoned',
    ] as const;
    const done = results.map((result) => stageMark(stage({ name: 'A', state: 'completed', result })).icon);
    const live = (['notStarted', 'waiting', 'running', 'draining'] as const).map(
      (state) => stageMark(stage({ name: 'A', state })).icon,
    );
    expect(new Set([...done, ...live]).size).toBe(10);
  });
});
