import type { JobView, RunView, StageView } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import { loggedSteps } from '../src/output/logged-steps.ts';

const job = (name: string, attempt: number, ...logs: readonly (number | undefined)[]): JobView => ({
  name,
  displayName: name,
  attempt,
  state: 'completed',
  steps: logs.map((log, index) => ({
    order: index + 1,
    name: 's',
    displayName: 's',
    state: 'completed',
    startTime: '2026-01-02T03:04:00Z',
    issues: [],
    ...(log !== undefined && { log }),
  })),
});

describe('loggedSteps', () => {
  it('has the steps of all attempts, the earlier first, and what was kept once (RETRY-4, RETRY-8)', () => {
    const kept = job('a', 1, 11, undefined);
    const previousAttempts = [
      { attempt: 1, result: 'failed', finishTime: '2026-01-02T03:04:00Z', jobs: [kept, job('b', 1, 21)] },
    ];
    const stage = { name: 'A', attempt: 2, previousAttempts, jobs: [kept, job('b', 2, 221)] };
    const run = { stages: [stage as unknown as StageView] } as unknown as RunView;
    const shown = loggedSteps(run).map((one) => `${one.job.name}#${one.job.attempt} ${one.log}`);
    expect(shown).toEqual(['a#1 11', 'b#1 21', 'b#2 221']);
  });
});
