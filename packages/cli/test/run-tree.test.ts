import type { CheckView, RunView, StageView } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import { LiveTree } from '../src/output/live-tree.ts';
import { runTree } from '../src/output/run-tree.ts';
import { recordingTerminal } from './support.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 5, 0);

const stage = (change: Partial<StageView>): StageView => ({
  name: 'Build',
  displayName: 'Build',
  attempt: 1,
  dependsOn: [],
  state: 'notStarted',
  cancelling: false,
  tokens: [],
  jobs: [],
  ...change,
});

const run = (stages: readonly StageView[]): RunView => ({
  id: 7,
  number: '20260102.3',
  project: { id: 'p', name: 'P' },
  definition: { id: 1, name: 'web' },
  status: 'inProgress',
  reason: 'manual',
  branch: 'refs/heads/main',
  commit: 'abc',
  requestedFor: 'me',
  queueTime: '2026-01-02T03:04:00Z',
  startTime: '2026-01-02T03:04:00Z',
  stages,
});

describe('runTree', () => {
  it('shows the attempts before, who is awaited, and what a cancel cut off (RETRY-8, MAN-1, STG-8)', () => {
    const previousAttempts = [
      { attempt: 1, result: 'failed' as const, finishTime: '2026-01-02T03:04:40Z', jobs: [] },
      { attempt: 2, result: 'canceled' as const, finishTime: '2026-01-02T03:04:50Z', jobs: [] },
    ];
    const reason = { kind: 'conditionFalse', condition: 'succeeded()', canceling: true } as const;
    const lines = runTree(
      run([
        stage({ state: 'running', attempt: 3, previousAttempts }),
        stage({ name: 'Hand', displayName: 'By hand', acts: ['start'] }),
        stage({ name: 'Late', displayName: 'Late', state: 'completed', result: 'skipped', reason }),
      ]),
      NOW,
      false,
    );
    expect(lines.slice(1)).toEqual([
      expect.stringContaining('Build (attempt 3; before: failed, canceled) · running'),
      expect.stringContaining('By hand · not started · waits until somebody starts it'),
      expect.stringContaining('its condition is false: succeeded(), for the run was canceled'),
    ]);
  });

  it('shows stages, jobs and steps with signs, words and times', () => {
    const job = {
      name: 'A',
      displayName: 'Compile',
      attempt: 1,
      state: 'running' as const,
      agent: 'local-1',
      startTime: '2026-01-02T03:04:30Z',
      steps: [
        {
          order: 1,
          name: 'CmdLine',
          displayName: 'make',
          state: 'completed' as const,
          result: 'succeeded' as const,
          startTime: '2026-01-02T03:04:30Z',
          finishTime: '2026-01-02T03:04:40Z',
          issues: [],
        },
      ],
    };
    const lines = runTree(
      run([
        stage({ state: 'running', jobs: [job] }),
        stage({ name: 'Deploy', displayName: 'Deploy', state: 'waiting' }),
      ]),
      NOW,
      false,
    );
    expect(lines).toEqual([
      '▶ web 20260102.3 · running · 1m 0s',
      '  ▶ Build · running',
      '    ▶ Compile · running · 30s on local-1',
      '      ✔ make · 10s',
      '  ⏸ Deploy · waiting for its lock',
    ]);
  });

  it.each([
    [
      { kind: 'superseded', byRun: 9, lock: 'production' } as const,
      'superseded by run 9 at the lock of production',
    ],
    [{ kind: 'lockTimeout', minutes: 10, lock: 'qa' } as const, 'waited 10 min for the lock of qa'],
    [{ kind: 'deselected' } as const, 'deselected'],
  ])('says why a stage did not run: %o', (reason, words) => {
    const [, line] = runTree(run([stage({ state: 'completed', result: 'skipped', reason })]), NOW, false);
    expect(line).toBe(`  ↷ Build · skipped · ${words}`);
  });
});

describe('the checks of a stage', () => {
  const check = (change: Partial<CheckView>): CheckView => ({
    id: 'c',
    name: 'Approval of prod',
    kind: 'approval',
    category: 'preCheck',
    status: 'running',
    awaited: false,
    resource: { type: 'environment', id: '1', name: 'prod' },
    text: 'Waits for approval of prod by ann.',
    acts: [],
    ...change,
  });

  it('are shown while they are awaited, in the words of the server', () => {
    const passed = check({ status: 'approved', text: 'Night of prod passed.' });
    const waiting = stage({ state: 'waiting', checks: [passed, check({ awaited: true })] });
    expect(runTree(run([waiting]), NOW, false).slice(1)).toEqual([
      '  ⏸ Build · waiting for its checks',
      '    Waits for approval of prod by ann.',
    ]);
  });

  it('are shown when they did not let the stage pass', () => {
    const no = check({ status: 'rejected', text: 'Approval of prod did not pass: ann rejected it.' });
    const [, , line] = runTree(
      run([stage({ state: 'completed', result: 'failed', checks: [no] })]),
      NOW,
      false,
    );
    expect(line).toBe('    Approval of prod did not pass: ann rejected it.');
  });

  it('are no reason to call a stage that waits for its lock anything else', () => {
    const [, line] = runTree(run([stage({ state: 'waiting', checks: [check({})] })]), NOW, false);
    expect(line).toBe('  ⏸ Build · waiting for its lock');
  });
});

describe('LiveTree', () => {
  it('writes each line once where nobody watches', () => {
    const terminal = recordingTerminal();
    const tree = new LiveTree(terminal);
    tree.show(run([stage({})]), NOW);
    tree.show(run([stage({})]), NOW + 5000);
    tree.show(run([stage({ state: 'waiting' })]), NOW + 9000);
    expect(terminal.printed().split('\n')).toEqual([
      '▶ web 20260102.3 · running',
      '  · Build · not started',
      '  ⏸ Build · waiting for its lock',
      '',
    ]);
  });

  it('redraws in place on a terminal', () => {
    const terminal = recordingTerminal(true);
    const tree = new LiveTree(terminal);
    tree.show(run([stage({})]), NOW);
    tree.show(run([stage({})]), NOW);
    expect(terminal.printed()).toContain('\u001b[2A\u001b[J');
  });
});
