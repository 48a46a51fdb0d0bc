import type { StageView } from '@signalbox/api';
import type { StageReason } from '@signalbox/model';
import { describe, expect, it } from 'vitest';
import { board } from '../../src/view-models/board.ts';
import { logOwner, runDetail } from '../../src/view-models/run-detail.ts';
import { isLive, liveStages, protectedNames, runRow, STAGES_IN_ROW } from '../../src/view-models/run-row.ts';
import { stageColumns, stagePill } from '../../src/view-models/stage-pill.ts';
import { stageReason } from '../../src/view-models/stage-reason.ts';
import { pendingRun } from '../harness/approvals.ts';
import { sampleLocks } from '../harness/locks.ts';
import { run, sampleRuns } from '../harness/runs.ts';
import { clockAt, stage } from '../harness/stages.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const CLOCK = clockAt(NOW);
const runs = sampleRuns(CLOCK);
const on = board(runs, sampleLocks(CLOCK, NOW));
const byId = (id: number): (typeof runs)[number] => runs.find((each) => each.id === id)!;

describe('runRow', () => {
  it('shortens branch, commit and message', () => {
    const long = run({
      id: 9,
      branch: 'refs/heads/feature/x',
      commitMessage: 'First line\n\nThe rest',
      queueTime: CLOCK.at(240),
      startTime: CLOCK.at(200),
    });
    expect(runRow(long, on, NOW)).toMatchObject({
      branch: 'feature/x',
      commit: '9f3c1e7a',
      message: 'First line',
      why: 'push',
      queued: { text: '4 min ago' },
      duration: '3m 20s',
      cancellable: true,
    });
  });

  it('stops the watch at the finish and offers no cancel then', () => {
    const row = runRow(byId(44), on, NOW);
    expect(row.duration).toBe('7m 13s');
    expect(row.cancellable).toBe(false);
  });

  it('says who asked to cancel', () => {
    const row = runRow(run({ id: 9, status: 'cancelling', cancelRequestedBy: 'Ada' }), on, NOW);
    expect(row.cancelNote).toBe('Ada asked to cancel');
    expect(row.cancellable).toBe(false);
  });

  it('says what a cancel waits for, on the row and in the stage', () => {
    const pending = pendingRun(CLOCK);
    const row = runRow(pending, on, NOW);
    expect(row.cancelNote).toBe(
      'cancel requested by Grace Hopper; takes effect when Migrate the database is over',
    );
    expect(row.columns.flat()[1]?.note).toBe(
      'cancel requested by Grace Hopper; takes effect when it is over',
    );
    expect(protectedNames(pending)).toBe('Migrate the database');
    expect(protectedNames(byId(45))).toBeUndefined();
  });

  it('can be ended by force once a cancel was asked for, and only once', () => {
    const forced = { at: CLOCK.at(5), by: 'Ada', reason: 'it hangs' };
    expect(runRow(byId(45), on, NOW).forceable).toBe(false);
    expect(runRow(pendingRun(CLOCK), on, NOW).forceable).toBe(true);
    const row = runRow({ ...pendingRun(CLOCK), forced }, on, NOW);
    expect(row).toMatchObject({ forceable: false, cancelNote: 'ended by force by Ada: it hangs' });
    expect(liveStages(byId(45)).map(({ name }) => name)).toEqual(['Deploy']);
  });

  it('draws a bounded number of stages and counts the rest', () => {
    const stages = Array.from({ length: 500 }, (_, index) =>
      stage({ name: `S${index}`, dependsOn: index === 0 ? [] : [`S${index - 1}`] }),
    );
    const row = runRow(run({ id: 9, stages }), on, NOW);
    expect(row.columns.flat()).toHaveLength(STAGES_IN_ROW);
    expect(row.hiddenStages).toBe(500 - STAGES_IN_ROW);
  });
});

describe('isLive', () => {
  it('goes on while a finished run still drains', () => {
    expect(isLive(run({ id: 1, status: 'completed', stages: [] }))).toBe(false);
    const draining = stage({ name: 'Deploy', state: 'draining' });
    expect(isLive(run({ id: 1, status: 'completed', stages: [draining] }))).toBe(true);
  });
});

describe('stageColumns', () => {
  const names = (stages: readonly StageView[]): readonly (readonly string[])[] =>
    stageColumns(stages).map((column) => column.map((each) => each.name));

  it('puts a stage right of all it depends on', () => {
    const diamond = [
      stage({ name: 'A' }),
      stage({ name: 'B', dependsOn: ['A'] }),
      stage({ name: 'C', dependsOn: ['A'] }),
      stage({ name: 'D', dependsOn: ['B', 'C'] }),
    ];
    expect(names(diamond)).toEqual([['A'], ['B', 'C'], ['D']]);
  });

  it('copes with a stage named before the one it depends on', () => {
    expect(names([stage({ name: 'B', dependsOn: ['A'] }), stage({ name: 'A' })])).toEqual([['A'], ['B']]);
  });

  it('knows stages by name in any letter case', () => {
    expect(names([stage({ name: 'Build' }), stage({ name: 'B', dependsOn: ['build'] })])).toEqual([
      ['Build'],
      ['B'],
    ]);
  });

  it('shows the last attempt of a retried stage', () => {
    const columns = stageColumns([stage({ name: 'A' }), stage({ name: 'A', attempt: 2 })]);
    expect(columns.flat().map((each) => each.attempt)).toEqual([2]);
  });
});

describe('stagePill', () => {
  const pill = (id: number, name: string): ReturnType<typeof stagePill> => {
    const owner = byId(id);
    return stagePill(
      owner,
      owner.stages.find((each) => each.name === name)!,
      on,
      NOW,
    );
  };

  it('names the lock and the place in its line', () => {
    expect(pill(47, 'Deploy')).toMatchObject({ note: 'waits for production · no. 2' });
    expect(pill(47, 'Deploy').explained).toHaveLength(2);
  });

  it.each([
    [48, 'Deploy', ''],
    [45, 'Deploy', '3m 12s'],
    [45, 'Build', '1m 00s'],
    [44, 'Deploy', 'skipped'],
  ])('notes of run %i, stage %s: "%s"', (id, name, note) => {
    expect(pill(id, name).note).toBe(note);
  });

  it('waits without a name when the line is too long to be shown', () => {
    const waiting = stage({ name: 'Deploy', state: 'waiting' });
    expect(stagePill(run({ id: 999 }), waiting, on, NOW).note).toBe('waits for its lock');
  });

  it('explains draining', () => {
    const draining = stage({ name: 'Deploy', state: 'draining' });
    expect(stagePill(run({ id: 9 }), draining, on, NOW).explained[0]).toContain('surely silent');
  });
});

describe('stageReason', () => {
  const cases: readonly (readonly [StageReason, string])[] = [
    [{ kind: 'deselected' }, 'It was not selected when the run was queued.'],
    [{ kind: 'conditionFalse', condition: 'failed()' }, 'Its condition was false: failed()'],
    [
      { kind: 'conditionError', condition: 'eq(', message: 'missing )' },
      'Its condition could not be evaluated (missing )): eq(',
    ],
    [
      { kind: 'lockTimeout', lock: 'production', minutes: 43_200 },
      'It waited 30 d for production and gave up.',
    ],
    [
      { kind: 'superseded', byRun: 46, lock: 'production' },
      'Run 20261122.46 is newer and took its place at production.',
    ],
    [{ kind: 'superseded', byRun: 7, lock: 'x' }, 'Run 7 is newer and took its place at x.'],
    [{ kind: 'canceled', by: 'Ada' }, 'Ada canceled it.'],
    [{ kind: 'noAgent', message: 'No agent has pwsh.' }, 'No agent has pwsh.'],
    [{ kind: 'lockMissing', message: 'The lock is gone.' }, 'The lock is gone.'],
  ];

  it.each(cases)('puts %j into words', (reason, text) => {
    expect(stageReason(reason, on)).toBe(text);
  });
});

describe('runDetail', () => {
  it('shows tokens, hooks, agents, issues and logs', () => {
    const deploy = runDetail(byId(45), on, NOW)[1];
    expect(deploy?.tokens).toEqual(['production · token 41']);
    expect(deploy?.jobs[0]).toMatchObject({ name: 'Deploy billing · deploy', agent: 'agent-1' });
    expect(deploy?.jobs[0]?.steps[2]).toMatchObject({
      name: 'Shift the traffic',
      log: 6,
      duration: '1m 04s',
    });
    expect(deploy?.jobs[0]?.steps[2]?.issues).toHaveLength(1);
  });

  it('says which attempt it is, from the second on', () => {
    const twice = run({ id: 9, stages: [stage({ name: 'A' }), stage({ name: 'A', attempt: 2 })] });
    expect(runDetail(twice, on, NOW).map((each) => each.attempt)).toEqual([undefined, 'attempt 2']);
  });

  it('offers no cancel of a stage that has not begun: the server refuses it', () => {
    const stages = [stage({ name: 'A', state: 'running' }), stage({ name: 'B', state: 'notStarted' })];
    const acts = runDetail(run({ id: 9, stages }), on, NOW).map((each) => each.acts);
    expect(acts).toEqual([['cancel'], []]);
  });

  it('has the attempts before, and what can be done (RETRY-8, MAN-6)', () => {
    const reason = { kind: 'conditionFalse', condition: 'succeeded()', canceling: true } as const;
    const before = { finishTime: CLOCK.at(10), jobs: [] };
    const previousAttempts = [
      { ...before, attempt: 1, result: 'failed' as const },
      { ...before, attempt: 2, result: 'skipped' as const, reason },
    ];
    const again = run({
      id: 9,
      stages: [stage({ name: 'A', attempt: 3, state: 'waiting', previousAttempts, acts: ['retry'] })],
    });
    const [detail] = runDetail(again, on, NOW);
    expect(detail).toMatchObject({ name: 'A', attempt: 'attempt 3', acts: ['retry', 'cancel'] });
    expect(detail?.earlier.map(({ title }) => title)).toEqual([
      'Attempt 2: skipped. Its condition was false, for the run was canceled: succeeded()',
      'Attempt 1: failed',
    ]);
  });

  it('finds the step of a log', () => {
    expect(logOwner(byId(45), 6)).toMatchObject({ name: 'Shift the traffic', running: true });
    expect(logOwner(byId(45), 99)).toEqual({ name: 'Log 99', running: false });
  });
});
