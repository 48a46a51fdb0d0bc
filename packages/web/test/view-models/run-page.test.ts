import type { RunView, StageView } from '@signalbox/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { board } from '../../src/view-models/board.ts';
import { runFocus } from '../../src/view-models/run-page.ts';
import { NODE, stageGraph } from '../../src/view-models/stage-graph.ts';
import { waterfall } from '../../src/view-models/waterfall.ts';
import { run } from '../harness/runs.ts';
import { clockAt, done, job, stage, step } from '../harness/stages.ts';

const NOW = Date.parse('2026-11-22T08:20:00Z');
const clock = clockAt(NOW);
const NOBODY = board([], []);

function runOf(...stages: readonly StageView[]): RunView {
  return run({ id: 1, queueTime: clock.at(600), startTime: clock.at(600), stages });
}

describe('runFocus', () => {
  const built = done('Build', clock, [600, 500]);
  const failed = done('Test', clock, [500, 400], { result: 'failed' });
  const waiting = stage({ name: 'Deploy', state: 'waiting' });

  it.each([
    ['what failed', [built, waiting, failed], 'Test'],
    ['what runs', [built, stage({ name: 'Run', state: 'running' }), waiting], 'Run'],
    ['what waits', [built, waiting], 'Deploy'],
    [
      'what was last',
      [built, done('Late', clock, [400, 300]), stage({ name: 'Off', state: 'completed', result: 'skipped' })],
      'Late',
    ],
    ['the first, where nothing has begun', [stage({ name: 'A' }), stage({ name: 'B' })], 'A'],
  ])('chooses %s', (_, stages, name) => {
    expect(runFocus(runOf(...stages), {}).stage?.name).toBe(name);
  });

  it('takes the stage that is named, in any letter case, and its log of interest', () => {
    const focus = runFocus(runOf(built, failed), { stage: 'BUILD' });
    expect([focus.stage?.name, focus.log]).toEqual(['Build', 2]);
  });

  it('finds the stage of a log, also one of an earlier attempt or of a check', () => {
    const before = job({ name: 'old', steps: [step(1, 'Try', clock, [90, 80], 77)] });
    const again = stage({
      name: 'Again',
      previousAttempts: [{ attempt: 1, result: 'failed', finishTime: clock.at(80), jobs: [before] }],
    });
    expect(runFocus(runOf(built, again), { log: 77 })).toMatchObject({ stage: { name: 'Again' }, log: 77 });
    expect(runFocus(runOf(built), { log: 999 }).log).toBe(999);
  });

  it('has nothing to show of a run without stages', () => {
    expect(runFocus(runOf(), {})).toEqual({ stage: undefined, log: undefined });
  });
});

describe('stageGraph', () => {
  it('draws no line that follows from others', () => {
    const graph = stageGraph(
      runOf(
        stage({ name: 'A' }),
        stage({ name: 'B', dependsOn: ['a'] }),
        stage({ name: 'C', dependsOn: ['A', 'B'] }),
      ),
      NOBODY,
      NOW,
    );
    expect(graph.edges.map(({ key }) => key)).toEqual(['a/b', 'b/c']);
  });

  it('says what stands at a stage: attempts, checks, locks', () => {
    const busy = stage({
      name: 'Deploy',
      attempt: 2,
      state: 'running',
      tokens: [{ lock: 1, lockName: 'prod', token: 7 }],
    });
    expect(stageGraph(runOf(busy), NOBODY, NOW).nodes[0]?.facts).toEqual(['attempt 2', 'holds prod']);
  });

  it('puts no stage on another, and every one right of what it depends on', () => {
    const parents = fc.array(fc.array(fc.nat({ max: 39 }), { maxLength: 4 }), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(parents, (above) => {
        const stages = above.map((list, index) =>
          stage({ name: `s${index}`, dependsOn: list.filter((one) => one < index).map((one) => `S${one}`) }),
        );
        const { nodes, width, height } = stageGraph(runOf(...stages), NOBODY, NOW);
        const at = new Map(nodes.map((node) => [node.name, node]));
        expect(at.size).toBe(stages.length);
        expect(new Set(nodes.map(({ x, y }) => `${x}/${y}`)).size).toBe(stages.length);
        for (const { name, dependsOn } of stages) {
          const own = at.get(name);
          expect((own?.x ?? 0) + NODE.width).toBeLessThanOrEqual(width);
          expect((own?.y ?? 0) + NODE.height).toBeLessThanOrEqual(height);
          for (const other of dependsOn) expect(at.get(other.toLowerCase())?.x).toBeLessThan(own?.x ?? 0);
        }
      }),
    );
  });
});

describe('waterfall', () => {
  it('puts every bar where it was in time, waiting before it', () => {
    const deploy = stage({
      name: 'Deploy',
      state: 'running',
      waitingSince: clock.at(450),
      startTime: clock.at(150),
      jobs: [
        job({
          name: 'd',
          state: 'running',
          startTime: clock.at(150),
          steps: [step(1, 'Go', clock, [150, undefined], 9)],
        }),
      ],
    });
    const { rows } = waterfall(runOf(done('Build', clock, [600, 450]), deploy), NOW);
    const find = (name: string): unknown => rows.find((row) => row.name === name);
    expect(find('Build')).toMatchObject({
      level: 'stage',
      bar: { left: 0, width: 0.25 },
      duration: '2m 30s',
    });
    expect(find('Deploy')).toMatchObject({
      wait: { left: 0.25, width: 0.5 },
      waited: '5m 00s',
      bar: { left: 0.75, width: 0.25 },
    });
    expect(find('Go')).toMatchObject({ level: 'step', log: 9, bar: { left: 0.75, width: 0.25 } });
  });

  it('has a scale of a few round steps from the start, whatever the length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 * 86_400 }), (seconds) => {
        const long = run({ id: 1, queueTime: clock.at(seconds), startTime: clock.at(seconds) });
        const { ticks } = waterfall(long, NOW);
        expect(ticks[0]).toEqual({ left: 0, label: '0' });
        expect(ticks.length).toBeLessThanOrEqual(7);
        expect(ticks.every(({ left }) => left >= 0 && left <= 1)).toBe(true);
      }),
    );
  });

  it('leaves out what has not begun, and what was skipped', () => {
    const skipped = stage({ name: 'S', state: 'completed', result: 'skipped', startTime: clock.at(9) });
    expect(waterfall(runOf(stage({ name: 'N' }), skipped), NOW).rows).toEqual([]);
  });
});
