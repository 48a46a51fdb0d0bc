import { createRun, type JobReport, type StepState } from '@signalbox/engine';
import { describe, expect, it } from 'vitest';
import { BIRTHDAY, OneRun } from './one-run.ts';

function step(order: number, more: Partial<StepState> = {}): JobReport {
  const state: StepState = {
    order,
    name: `s${order}`,
    displayName: `Step ${order}`,
    state: 'inProgress',
    startTime: BIRTHDAY,
    issues: [],
    errorCount: 0,
    warningCount: 0,
    ...more,
  };
  return { kind: 'step', step: state };
}

function started(): OneRun {
  const run = new OneRun({ stages: { A: null } });
  run.begin();
  run.assign('A');
  run.now += 60_000;
  return run;
}

/** The steps as the run has them: order, state and result. */
function stepsOf(run: OneRun): readonly string[] {
  return run.at('A').instance.steps.map(({ order, state, result }) => `${order} ${result ?? state}`);
}

describe('what an agent reports', () => {
  it('keeps steps in their order and lets them only move forward (INV-40, AGENT-12)', () => {
    const run = started();
    const done = { state: 'completed', result: 'failed', finishTime: BIRTHDAY } as const;
    run.report('A', [step(2), step(1, { state: 'completed', result: 'succeeded' })]);
    expect(stepsOf(run)).toEqual(['1 succeeded', '2 inProgress']);
    run.report('A', [step(2, done), step(2), step(1, done)]);
    expect(stepsOf(run)).toEqual(['1 succeeded', '2 failed']);
  });

  it('begins once, and not before the assignment or in the future (INV-42)', () => {
    for (const [said, counted] of [
      [0, BIRTHDAY],
      [BIRTHDAY + 10, BIRTHDAY + 10],
      [BIRTHDAY * 2, BIRTHDAY + 60_000],
    ] as const) {
      const run = started();
      run.report('A', [{ kind: 'started', at: said }]);
      run.report('A', [{ kind: 'started', at: BIRTHDAY + 20 }]);
      expect(run.at('A').instance).toMatchObject({ startTime: counted });
    }
  });

  it('ends with the first last report; what comes after it is not heard (AGENT-11)', () => {
    const run = started();
    const output = { kind: 'output', name: 's.x', value: 'late', secret: false } as const;
    run.report('A', [
      { kind: 'finished', at: run.now, result: 'succeeded', message: 'done' },
      step(1),
      output,
    ]);
    expect(run.at('A').instance).toMatchObject({
      result: 'succeeded',
      message: 'done',
      steps: [],
      outputs: {},
    });
    expect(run.state.result).toBe('succeeded');
    expect(run.finish('A', 'failed').reply).toMatchObject({ ok: false, refusal: { code: 'lease-refused' } });
  });

  it('to a run that does not exist is refused', () => {
    const working = createRun(5);
    expect(working.handle({ type: 'Cancel', by: 'eve' }, 0)).toEqual({
      kind: 'needs',
      needs: [{ need: 'run' }],
    });
    working.supply([{ of: { need: 'run' } }]);
    expect(working.handle({ type: 'Begin' }, 0)).toMatchObject({ outcome: { events: [], mail: [] } });
    const handled = working.handle({ type: 'Cancel', by: 'eve' }, 0);
    expect(handled).toMatchObject({ outcome: { reply: { refusal: { code: 'run-not-found' } } } });
    expect(working.changes()).toEqual([]);
  });
});
