import type { RunView } from '@signalbox/api';
import { ApiError } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import { announcements, noteworthy } from '../../src/view-models/announce.ts';
import { connectionWords } from '../../src/view-models/connection.ts';
import { failure } from '../../src/view-models/failure.ts';
import { branchName, counted, firstLine } from '../../src/view-models/names.ts';
import { summary } from '../../src/view-models/summary.ts';
import { sampleLocks } from '../harness/locks.ts';
import { run, sampleRuns } from '../harness/runs.ts';
import { clockAt, stage } from '../harness/stages.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');

describe('announcements', () => {
  const before = run({ id: 1, stages: [stage({ name: 'Build', state: 'running' })] });
  const now = (part: Partial<RunView>): string => announcements([before], [{ ...before, ...part }]);

  it('is silent when nothing changed', () => {
    expect(announcements([before], [before])).toBe('');
  });

  it('tells of a new run', () => {
    expect(announcements([], [before])).toBe('Run 20261122.1 of shop-web was queued.');
  });

  it('tells of a stage', () => {
    const stages = [
      stage({ name: 'Build', state: 'completed', result: 'failed' }),
      stage({ name: 'Deploy', state: 'waiting' }),
    ];
    expect(now({ stages })).toBe(
      'Run 20261122.1 of shop-web: Build is over: failed. Run 20261122.1 of shop-web: Deploy is waiting for a lock.',
    );
  });

  it('tells of the end in one sentence', () => {
    expect(now({ status: 'completed', result: 'partiallySucceeded', stages: [] })).toBe(
      'Run 20261122.1 of shop-web succeeded with issues.',
    );
  });

  it('counts when there is too much to say', () => {
    const five = [1, 2, 3, 4, 5].map((id) => run({ id }));
    expect(announcements([], five)).toContain('And 2 more changes.');
  });
});

describe('noteworthy', () => {
  const asking = {
    id: 'a',
    resource: 'production',
    waitsFor: ['ada'],
    instructions: '',
    text: 'Waits for ada.',
    since: '2026-11-22T09:58:00Z',
    until: '2026-12-22T09:58:00Z',
  };
  const waiting = stage({ name: 'Deploy', state: 'waiting' });
  const before = run({ id: 1, stages: [waiting] });
  const asks = { ...before, stages: [{ ...waiting, approvals: [asking] }] };

  it('is that a stage asks for approval, once', () => {
    expect(noteworthy([before], [asks])).toBe('Run 20261122.1 of shop-web: Deploy asks for approval.');
    expect(noteworthy([], [asks])).toBe('Run 20261122.1 of shop-web: Deploy asks for approval.');
    expect(noteworthy([asks], [{ ...asks }])).toBe('');
  });

  it('is that a run failed, and nothing else of its end', () => {
    const over = { ...before, status: 'completed' } as const;
    expect(noteworthy([before], [{ ...over, result: 'failed' }])).toBe('Run 20261122.1 of shop-web failed.');
    expect(noteworthy([before], [{ ...over, result: 'succeeded' }])).toBe('');
  });

  it('counts when there is too much to say', () => {
    const many = [1, 2, 3, 4, 5].map((id) => ({ ...asks, id }));
    expect(noteworthy([], many)).toContain('And 2 more.');
  });
});

describe('connectionWords', () => {
  it('says what to do only when the server is away', () => {
    expect(connectionWords({ state: 'live' }, NOW)).toEqual({ label: 'Live' });
    const words = connectionWords({ state: 'offline', last: '2026-11-22T09:58:00Z' }, NOW);
    expect(words.updated?.text).toBe('2 min ago');
    expect(words.advice).toContain('signalbox up');
  });
});

describe('failure', () => {
  it.each([
    [new ApiError(0, {}), 'The server does not answer'],
    [new ApiError(401, {}), 'You are not signed in'],
    [new ApiError(403, { message: 'A reader may not queue.' }), 'Your role does not allow this'],
    [new ApiError(404, { message: 'There is no run 7.' }), 'The server refused'],
    [new ApiError(503, {}), 'The server could not do it'],
    [new TypeError('x is undefined'), 'Something went wrong on this page'],
    ['odd', 'Something went wrong on this page'],
  ])('names %s', (error, title) => {
    expect(failure(error).title).toBe(title);
    expect(failure(error).advice).not.toBe('');
  });
});

describe('names', () => {
  it('says branches as people do', () => {
    expect(branchName('refs/heads/feature/a')).toBe('feature/a');
    expect(branchName('refs/tags/v1')).toBe('v1');
    expect(branchName('refs/pull/12/merge')).toBe('PR 12');
    expect(branchName('odd')).toBe('odd');
  });

  it('counts nouns', () => {
    expect([counted(1, 'run'), counted(2, 'run')]).toEqual(['1 run', '2 runs']);
    expect(firstLine('a\nb')).toBe('a');
  });
});

describe('summary', () => {
  it('counts, and does not guess', () => {
    const clock = clockAt(NOW);
    expect(summary(sampleRuns(clock), sampleLocks(clock, NOW))).toEqual({
      running: '2',
      inLine: '2',
      occupied: '2/3',
    });
    expect(summary(undefined, undefined)).toEqual({ running: '–', inLine: '–', occupied: '–' });
  });
});
