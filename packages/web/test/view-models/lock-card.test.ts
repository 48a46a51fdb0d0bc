import { adviceText, type LockView, type RunView } from '@signalbox/api';
import { DEFAULT_LOCK_POLICY } from '@signalbox/model';
import { describe, expect, it } from 'vitest';
import { board } from '../../src/view-models/board.ts';
import { inOrderOfInterest, lockCard } from '../../src/view-models/lock-card.ts';
import { lock, request, sampleLocks } from '../harness/locks.ts';
import { run, sampleRuns } from '../harness/runs.ts';
import { clockAt, stage } from '../harness/stages.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const CLOCK = clockAt(NOW);
const held = request({ runId: 1, status: 'inUse' });
const waits = request({ runId: 2, position: 1 });

function signalOf(part: Partial<LockView>, runs: readonly RunView[] = []): string {
  const view = lock({ id: 1, ...part });
  const { aspect, label, detail } = lockCard(view, board(runs, [view]), NOW, 6).signal;
  return `${aspect}: ${label}, ${detail}`;
}

describe('the signal of a lock', () => {
  it('is clear when nobody is there', () => {
    expect(signalOf({})).toBe('clear: Clear, free');
  });

  it('is clear while places are left', () => {
    const policy = { ...DEFAULT_LOCK_POLICY, capacity: 3 };
    expect(signalOf({ policy, holders: [held] })).toBe('clear: Clear, 2 of 3 places free');
  });

  it('is at stop when every place is taken', () => {
    expect(signalOf({ holders: [held], waiters: [waits] })).toBe('stop: Occupied, 1 run in line');
    expect(signalOf({ holders: [held] })).toBe('stop: Occupied, nobody in line');
  });

  it('is at caution when it is free and those in line may not go yet', () => {
    expect(signalOf({ waiters: [waits] })).toBe('caution: Held back, free, but 1 run in line cannot go yet');
  });

  it('is at caution while its holder drains', () => {
    const drains = run({ id: 1, stages: [stage({ name: 'Deploy', state: 'draining' })] });
    expect(signalOf({ holders: [held] }, [drains])).toBe('caution: Draining, nobody in line');
  });

  it('is at stop while the lock is frozen, free or not', () => {
    const freeze = { since: CLOCK.at(600), exempt: [], by: 'Ada', reason: 'migration' };
    expect(signalOf({ freeze })).toBe('stop: Frozen, nobody in line');
    expect(signalOf({ freeze, waiters: [waits] })).toBe('stop: Frozen, 1 run in line');
    const view = lock({
      id: 1,
      freeze: { ...freeze, until: '2026-11-22T12:00:00Z', exempt: ['refs/heads/x'] },
    });
    expect(lockCard(view, board([], [view]), NOW, 6).freeze).toMatchObject({
      by: 'Ada',
      reason: 'migration',
      since: { text: '10 min ago' },
      ends: 'until 2026-11-22 12:00:00 UTC, but not for refs/heads/x',
    });
  });

  it('is dark when the lock is off', () => {
    expect(signalOf({ enabled: false })).toBe('dark: Out of use, Stages pass without waiting.');
  });
});

describe('lockCard', () => {
  const runs = sampleRuns(CLOCK);
  const locks = sampleLocks(CLOCK, NOW);
  const on = board(runs, locks);
  const [production] = locks;

  it('shows the holder with its stage, time and token', () => {
    const [holder] = lockCard(production!, on, NOW, 6).holders;
    expect(holder).toMatchObject({
      number: '20261122.45',
      stage: 'Deploy production',
      token: 41,
      held: { text: '3m 12s' },
    });
    expect(holder).not.toHaveProperty('note');
    expect(holder).not.toHaveProperty('span');
  });

  it('says that a run holds it for several stages, with the names of the page (LOCK-65)', () => {
    const [holder] = lockCard(locks[1]!, on, NOW, 6).holders;
    expect(holder?.span).toBe(
      'Held until its stage Deploy production is over. Inside now: Build. Waits inside: Smoke.',
    );
    const span = { until: 'run', over: false, inside: [], waiting: [] } as const;
    const view = lock({ id: 1, holders: [{ ...held, span }] });
    expect(lockCard(view, board([], [view]), NOW, 6).holders[0]?.span).toMatch(/^Held until the run is over/);
  });

  it("keeps the server's order and its very words", () => {
    const { waiters } = lockCard(production!, on, NOW, 6);
    expect(waiters.map((line) => line.position)).toEqual(['1', '2']);
    expect(waiters[1]?.reasons.map((reason) => reason.kind)).toEqual(['heldBy', 'behind']);
    expect(waiters[1]?.reasons.map((reason) => reason.text)).toEqual(production?.waiters[1]?.reasons);
    expect(waiters[0]?.givesUp?.text).toBe('gives up in 29 d');
  });

  it('adds what can be done about each reason', () => {
    const { waiters } = lockCard(production!, on, NOW, 6);
    expect(waiters[1]?.reasons.map((reason) => reason.advice)).toEqual(
      production?.waiters[1]?.blockers.map(adviceText),
    );
  });

  it('counts the waiters it does not draw', () => {
    const many = lock({ id: 1, waiters: [waits, request({ runId: 3 })], waitersTotal: 10_000 });
    const card = lockCard(many, on, NOW, 1);
    expect(card.waiters).toHaveLength(1);
    expect(card.hidden).toBe(9_999);
  });

  it('says what an expected run is doing', () => {
    expect(lockCard(production!, on, NOW, 6).expected.map((line) => line.note)).toEqual(['Build is running']);
    const alone = lockCard(production!, board([], locks), NOW, 6);
    expect(alone.expected.map((line) => line.note)).toEqual(['is on its way']);
  });

  it('finds a stage by its name in any letter case', () => {
    const [view] = production!.expected;
    const folded = { ...production!, expected: [{ ...view!, stage: 'deploy' }] };
    expect(lockCard(folded, on, NOW, 6).expected[0]?.stage).toBe('Deploy production');
  });

  it('recalls who left the line', () => {
    const [ended] = lockCard(production!, on, NOW, 6).ended;
    expect(ended).toMatchObject({ kind: 'superseded', text: 'gave way to run 20261122.46' });
  });

  it('says that the lock of a failed holder waits for somebody', () => {
    const holder = { state: 'failed', since: CLOCK.at(10) } as const;
    const view = lock({ id: 1, holders: [{ ...held, holder }] });
    expect(lockCard(view, board([], [view]), NOW, 6).holders[0]?.note).toContain('acknowledges');
  });

  it('names a caller from outside, which has no run to open', () => {
    const outside = request({
      runId: 0,
      caller: 'terraform',
      nodeName: 'apply-7',
      branch: '',
      status: 'inUse',
    });
    const view = lock({ id: 1, holders: [outside] });
    const { holders } = lockCard(view, board([], [view]), NOW, 6);
    expect(holders).toMatchObject([{ pipeline: 'terraform', stage: 'apply-7', branch: '' }]);
    expect(holders[0]).not.toHaveProperty('runId');
  });

  it('says that a draining holder keeps the lock', () => {
    const drains = run({ id: 1, stages: [stage({ name: 'Deploy', state: 'draining' })] });
    const view = lock({ id: 1, holders: [held] });
    const note = lockCard(view, board([drains], [view]), NOW, 6).holders[0]?.note;
    expect(note).toContain('Draining');
  });
});

describe('inOrderOfInterest', () => {
  it('puts locks with a line first, then held ones, then by name', () => {
    const list = [
      lock({ id: 1, name: 'b' }),
      lock({ id: 2, name: 'a' }),
      lock({ id: 3, name: 'z', holders: [held] }),
      lock({ id: 4, name: 'y', holders: [held], waiters: [waits] }),
    ];
    expect(inOrderOfInterest(list).map((one) => one.name)).toEqual(['y', 'z', 'a', 'b']);
  });
});
