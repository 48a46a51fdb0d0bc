import { describe, expect, it } from 'vitest';
import { home } from '../../src/view-models/home.ts';
import { askingRun } from '../harness/approvals.ts';
import { sampleLocks } from '../harness/locks.ts';
import { sampleRuns } from '../harness/runs.ts';
import { clockAt } from '../harness/stages.ts';

const NOW = Date.parse('2026-11-22T08:20:00Z');
const clock = clockAt(NOW);

describe('home', () => {
  it('names what waits for the viewer first', () => {
    const { needs } = home(
      [...sampleRuns(clock), askingRun(clock)],
      sampleLocks(clock, NOW),
      'Ada Lovelace',
      NOW,
    );
    const mine = needs.filter((need) => need.mine);
    expect(mine.length).toBeGreaterThan(0);
    expect(needs.slice(0, mine.length)).toEqual(mine);
    expect(mine[0]?.to).toBe('runs/50');
  });

  it('names a branch of a pipeline that failed only until a later run of it is over', () => {
    const [failed] = sampleRuns(clock).filter(({ result }) => result === 'failed');
    if (failed === undefined) throw new Error('The samples have no run that failed.');
    const kinds = (runs: Parameters<typeof home>[0]): readonly string[] =>
      home(runs, [], '', NOW).needs.map(({ kind, to }) => `${kind} ${to}`);
    expect(kinds([failed])).toEqual([`failure runs/${failed.id}`]);
    expect(kinds([failed, { ...failed, id: failed.id + 1, result: 'succeeded' }])).toEqual([]);
    const elsewhere = { ...failed, id: failed.id + 1, result: 'succeeded', branch: 'refs/heads/x' } as const;
    expect(kinds([failed, elsewhere])).toEqual([`failure runs/${failed.id}`]);
  });

  it('parts what runs from what waits', () => {
    const { running, waiting } = home(sampleRuns(clock), [], '', NOW);
    const open = sampleRuns(clock).filter(({ status }) => status !== 'completed');
    expect(running.length + waiting.length).toBe(open.length);
    expect(running.every(({ status }) => status !== 'notStarted')).toBe(true);
  });
});
