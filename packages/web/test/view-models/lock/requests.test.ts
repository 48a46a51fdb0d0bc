import type { LockRequestView } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import { board } from '../../../src/view-models/board.ts';
import { forecastNotes, holding } from '../../../src/view-models/lock/holding.ts';
import { pastLines } from '../../../src/view-models/lock/past.ts';
import { freezeQuestion, neighbour, questionOf } from '../../../src/view-models/lock/questions.ts';
import { reasonLines } from '../../../src/view-models/lock/reasons.ts';
import { whatIfTopics } from '../../../src/view-models/lock/what-if-choices.ts';
import { placeIn, places } from '../../../src/view-models/places.ts';
import { sampleForecast, stageRef } from '../../harness/forecasts.ts';
import { lock, request } from '../../harness/locks.ts';
import { clockAt } from '../../harness/stages.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const CLOCK = clockAt(NOW);
const NOBODY = board([], []);
const line = [2, 3, 4].map((runId, index) => request({ runId, position: index + 1 }));
const row = (index: number): LockRequestView | undefined => line[index];

describe('neighbour', () => {
  it.each([
    [0, 1, { after: 3 }],
    [2, -1, { before: 3 }],
    [2, -5, { before: 2 }],
    [0, 9, { after: 4 }],
    [0, -1, undefined],
  ])('of row %i taken by %i is %j', (from, by, place) => {
    expect(neighbour(row, 3, from, by)).toEqual(place);
  });

  it('is nothing where the line is not read', () => {
    expect(neighbour(row, 10, 2, 4)).toBeUndefined();
  });
});

describe('questionOf', () => {
  const one = request({ runId: 2 });
  it('names a request by its run and stage', () => {
    expect(questionOf(one, 'hold', undefined)).toEqual({ hold: { runId: 2, stage: 'Deploy' } });
    expect(questionOf(one, 'move', { after: 3 })).toEqual({ move: { runId: 2, stage: 'Deploy', after: 3 } });
  });
  it('asks nothing that the server cannot say', () => {
    expect(questionOf(one, 'forceRelease', undefined)).toBeUndefined();
    expect(questionOf(one, 'move', undefined)).toBeUndefined();
    expect(questionOf({ ...one, caller: 'a script' }, 'hold', undefined)).toBeUndefined();
  });
  it('asks of a freeze with its end and its branches', () => {
    expect(freezeQuestion('unfreeze', { hours: '', exempt: '' }, NOW)).toEqual({ unfreeze: true });
    expect(freezeQuestion('freeze', { hours: '1', exempt: 'hotfix/*' }, NOW)).toEqual({
      freeze: { until: '2026-11-22T11:00:00.000Z', exempt: ['refs/heads/hotfix/*'] },
    });
  });
});

describe('places', () => {
  it('have one that was chosen among them, also beyond those that are known', () => {
    const one = lock({ id: 1, waiters: line });
    const known = places(one, line[0]!, { after: 3 });
    expect(known[placeIn(known, { after: 3 })]?.place).toEqual({ after: 3 });
    const far = places(one, line[0]!, { after: 700 });
    expect(far[placeIn(far, { after: 700 })]).toEqual({ label: 'Where you put it', place: { after: 700 } });
  });
});

describe('holding', () => {
  const holder = request({ runId: 45, status: 'inUse', assignTime: CLOCK.at(400) });
  it('says when nothing is known', () => {
    expect(holding(holder, undefined, NOW)).toEqual({
      text: '6m 40s; its stage has no past that says how long it takes.',
    });
  });
  it('measures by the past, and says when it takes longer', () => {
    const basis = { ...stageRef(45), count: 7, p50Seconds: 300, p90Seconds: 380 };
    const forecast = { ...sampleForecast(CLOCK), holders: [{ ...stageRef(45), basis }] };
    const { done, text } = holding(holder, forecast, NOW);
    expect(done).toBe(1);
    expect(text).toMatch(/^6m 40s of about 5m 00s, longer than usual\. Half of the last 7 times/);
  });
});

describe('forecastNotes', () => {
  it('tell how good forecasts are, what is unknown, and the pace of the rest', () => {
    const notes = forecastNotes(
      {
        ...sampleForecast(CLOCK),
        error: { count: 40, typicalSeconds: 30, inTime: 36 },
        unknown: [{ definitionId: 1, definitionName: 'search', stage: 'Deploy' }],
        byRate: {
          from: 501,
          first: { p50: CLOCK.at(-10), p90: CLOCK.at(-20) },
          last: { p50: CLOCK.at(-60), p90: CLOCK.at(-3600) },
        },
      },
      NOW,
    );
    expect(notes).toEqual([
      'Forecasts here were usually off by 30s; 36 of the last 40 were in time.',
      'Deploy of search has no past yet; who stands behind it cannot be forecast.',
      'From number 501 on the pace of the line counts alone: the last starts in about 1m 00s to 1h 00m.',
    ]);
  });
});

describe('reasonLines', () => {
  it('have the sentence, how long it has been so, and the runs that it names', () => {
    const by = [{ bundle: 1, run: 45, definition: 2, stage: 'Deploy', attempt: 1 }];
    const waiter = request({
      runId: 2,
      blockers: [
        { kind: 'heldBy', lock: 1, since: NOW - 192_000, by },
        { kind: 'frozen', lock: 1, since: NOW, until: NOW + 60_000, actor: 'ada', reason: 'x' },
      ],
      reasons: ['Held by run 45.', 'Frozen by ada.'],
    });
    expect(reasonLines(waiter, NOBODY, NOW)).toMatchObject([
      { text: 'Held by run 45.', since: 'for 3 min', runs: [{ id: 45, label: 'run 45' }] },
      { text: 'Frozen by ada.', since: 'for 0 s, until 2026-11-22 10:01:00 UTC', runs: [] },
    ]);
  });
});

describe('pastLines', () => {
  it('say how each request ended', () => {
    const ended = { assignTime: CLOCK.at(100), finishTime: CLOCK.at(40) };
    const lines = pastLines(
      [
        request({ runId: 2, status: 'finished', token: 4, ...ended }),
        request({ runId: 6, status: 'finished', result: 'failed', token: 5, ...ended }),
        request({ runId: 7, status: 'finished', result: 'succeededWithIssues', token: 6, ...ended }),
        request({ runId: 3, status: 'canceled', supersededBy: { runId: 9 } }),
        request({ runId: 4, status: 'timedOut' }),
        request({
          runId: 5,
          status: 'canceled',
          withdrawn: { at: CLOCK.at(1), by: 'ada', reason: 'wrong branch' },
        }),
      ],
      NOBODY,
      NOW,
    );
    expect(lines.map(({ mark, text }) => [mark.label, text])).toEqual([
      ['held it', 'held it for 1m 00s, token 4'],
      ['failed', 'held it for 1m 00s and failed, token 5'],
      ['succeeded with issues', 'held it for 1m 00s, token 6'],
      ['superseded', 'gave way to run 9'],
      ['timed out', 'gave up waiting'],
      ['canceled', 'withdrawn by ada: wrong branch'],
    ]);
  });
});

describe('whatIfTopics', () => {
  it('offer what makes sense at the lock', () => {
    const topics = whatIfTopics(lock({ id: 1, waiters: line }), NOBODY);
    expect(topics.map(({ topic }) => topic)).toEqual(['capacity', 'behavior', 'freeze', 'cancel']);
    expect(topics.at(-1)?.choices[0]).toMatchObject({ value: '2', question: { cancelRun: 2 } });
  });
});
