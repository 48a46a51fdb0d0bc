import type { NotificationEvent, NotificationFilter } from '@signalbox/api';
import type { FeedEntry } from '@signalbox/store';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slackMessage } from '../src/notify/chat.ts';
import { collapse } from '../src/notify/collapse.ts';
import { matches } from '../src/notify/matches.ts';
import type { Facets, Notice, Told } from '../src/notify/notice.ts';
import { occurrenceOf } from '../src/notify/occurrence.ts';
import { reasonToDisable, reportOf, waitAfter } from '../src/notify/retry.ts';
import { escapeHtml, escapeMarkdown, longTexts, shortTexts } from '../src/notify/texts.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const refused = { kind: 'refused', result: 'It answered 500.', again: true } as const;

const notice = (title: string): Notice => ({
  event: 'run.completed',
  at: '2027-01-15T08:00:00.000Z',
  title,
  facts: [{ name: 'Branch', text: '<!channel> *x*' }],
  link: 'http://127.0.0.1/?project=Demo',
  resource: {},
  projectId: 'a0000000-0000-0000-0000-000000000001',
});

describe('waitAfter', () => {
  it('doubles from five seconds up to an hour', () => {
    const waits = Array.from({ length: 13 }, (_, at) => waitAfter(at + 1, 0) / 1000);
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600, 3600]);
  });

  it('is never longer than that, and never shorter than its half', () => {
    const chance = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), chance, (attempts, taken) => {
        const [whole, wait] = [waitAfter(attempts, 0), waitAfter(attempts, taken)];
        expect(wait).toBeGreaterThanOrEqual(Math.floor(whole / 2));
        expect(wait).toBeLessThanOrEqual(whole);
        expect(whole).toBeLessThanOrEqual(HOUR);
      }),
    );
  });
});

describe('reportOf', () => {
  it('ends within a day, whatever is answered', () => {
    const sent = fc.oneof(
      fc.constant(refused),
      fc.record({
        kind: fc.constant('later' as const),
        result: fc.constant('It answered 429.'),
        afterMs: fc.integer({ min: 1, max: 10 * DAY }),
      }),
    );
    fc.assert(
      fc.property(fc.infiniteStream(sent), fc.double({ min: 0, max: 1, noNaN: true }), (answers, chance) => {
        let now = 0;
        let attempts = 0;
        for (const answer of answers) {
          attempts += 1;
          const report = reportOf(answer, { attempts, since: 0 }, { now, chance });
          if (report.kind !== 'again') break;
          now += report.after;
        }
        expect(now).toBeLessThanOrEqual(DAY);
        expect(attempts).toBeGreaterThan(4);
      }),
    );
  });

  it('fails at once what no other try mends', () => {
    const report = reportOf({ ...refused, again: false }, { attempts: 1, since: 0 }, { now: 0, chance: 0 });
    expect(report).toEqual({ kind: 'failed', result: 'It answered 500.' });
  });
});

describe('reasonToDisable', () => {
  it.each([
    ['a passing fault', refused, { failingSince: 0 }, { attempts: 9, now: 5 * DAY - 1 }, undefined],
    [
      'the first tries of a new delivery',
      refused,
      { failingSince: 0 },
      { attempts: 2, now: 9 * DAY },
      undefined,
    ],
    ['nobody has tried before', refused, {}, { attempts: 9, now: 9 * DAY }, undefined],
    [
      'days of failures',
      refused,
      { failingSince: 0 },
      { attempts: 3, now: 5 * DAY },
      /^Nothing has arrived since 1970-01-01\./,
    ],
    [
      'a receiver that is gone',
      { ...refused, again: false, gone: true },
      {},
      { attempts: 1, now: 0 },
      /gone for good/,
    ],
  ] as const)('%s', (_, sent, subscription, at, expected) => {
    const reason = reasonToDisable(sent, subscription, at);
    if (expected === undefined) expect(reason).toBeUndefined();
    else expect(reason).toMatch(expected);
  });
});

describe('matches', () => {
  const run: Facets = { pipelines: ['web', '7'], states: ['completed'], results: ['failed'] };
  it.each<[string, readonly NotificationEvent[], NotificationFilter, Facets, boolean]>([
    ['everything without restriction', [], {}, run, true],
    ['only the events that are wanted', ['lock.granted'], {}, run, false],
    ['a pipeline by its number', [], { pipelines: ['7'] }, run, true],
    ['words in any letter case', [], { results: ['FAILED'], pipelines: ['Web'] }, run, true],
    ['every restriction at once', [], { results: ['failed'], pipelines: ['api'] }, run, false],
    ['an event that never has such a value', [], { locks: ['prod'] }, run, true],
    ['no event whose value is missing', [], { results: ['failed'] }, { ...run, results: [] }, false],
    ['an empty list like none', [], { results: [] }, { ...run, results: [] }, true],
  ])('%s', (_, events, filter, facets, expected) => {
    expect(matches({ events, filter }, 'run.completed', facets)).toBe(expected);
  });
});

describe('occurrenceOf', () => {
  const entry = (kind: 'run' | 'interlocking' | 'pool', event: object): FeedEntry =>
    ({ address: { kind, id: 4 }, version: 9, at: 5, event, cursor: 'c', project: 1 }) as never;

  it.each([
    [
      'run',
      { type: 'RunCompleted', result: 'failed' },
      { kind: 'run', run: 4, state: 'completed', result: 'failed' },
    ],
    ['run', { type: 'StageWaiting', stage: 'A' }, { kind: 'stage', run: 4, stage: 'A', state: 'waiting' }],
    [
      'run',
      { type: 'StageCompleted', stage: 'A', result: 'failed', reason: { kind: 'checkRejected' } },
      { kind: 'stage', run: 4, stage: 'A', state: 'completed', result: 'rejected' },
    ],
    [
      'run',
      { type: 'CheckLapsed', stage: 'A', check: 2 },
      { kind: 'check', run: 4, stage: 'A', check: 2, turn: 'lapsed' },
    ],
    [
      'run',
      { type: 'CheckMoved', stage: 'A', check: 2, by: 'ann' },
      { kind: 'check', run: 4, stage: 'A', check: 2, turn: 'moved', by: 'ann' },
    ],
    ['run', { type: 'CheckMoved', stage: 'A', check: 2 }, undefined],
    ['run', { type: 'StepReported' }, undefined],
    [
      'interlocking',
      { type: 'BundleSuperseded', bundle: 3, lock: 2, by: 8, byRun: 6 },
      { kind: 'lock', event: 'lock.ended', bundle: 3, result: 'superseded', locks: [2], byRun: 6 },
    ],
    [
      'interlocking',
      { type: 'BundleMoved', bundle: 3, by: 'ann', reason: 'hotfix', order: 1, at: 1 },
      { kind: 'lock', event: 'lock.operated', bundle: 3, by: 'ann', reason: 'hotfix', result: 'moved' },
    ],
    ['interlocking', { type: 'HolderChanged', bundle: 3, state: 'draining' }, undefined],
    ['interlocking', { type: 'LeaseRenewed', bundle: 3 }, undefined],
    ['pool', { type: 'AgentConnected' }, undefined],
  ] as const)('%s %j', (kind, event, happening) => {
    expect(occurrenceOf(entry(kind, event))?.happening).toEqual(happening);
  });

  it('names the same fact the same way each time, and others otherwise', () => {
    const one = entry('run', { type: 'RunStarted' });
    const id = occurrenceOf(one)?.id;
    expect(occurrenceOf({ ...one, cursor: 'other' })?.id).toBe(id);
    expect(occurrenceOf({ ...one, version: 10 })?.id).not.toBe(id);
    expect(occurrenceOf(entry('interlocking', { type: 'BundleQueued', bundle: { id: 1 } }))?.id).not.toBe(id);
  });
});

describe('texts', () => {
  it('let no name become markup or a mention (TH8)', () => {
    const evil = notice('Run <img src=x onerror=alert(1)> [x](http://evil)');
    expect(shortTexts(evil).html).not.toContain('<img');
    expect(longTexts(evil).html).toContain('&lt;!channel&gt;');
    expect(shortTexts(evil).markdown).toContain('\\[x\\]\\(http://evil\\)');
    expect(slackMessage(evil)['text']).not.toContain('<!channel>');
    expect(slackMessage(evil)['text']).not.toContain('<img');
  });

  it('lose nothing of what was said', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const html = escapeHtml(text)
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"');
        expect(html.replaceAll('&amp;', '&')).toBe(text);
        expect(escapeMarkdown(text)).not.toMatch(/[\r\n]/);
      }),
    );
  });
});

describe('collapse', () => {
  const told = (at: number): Told => ({
    id: `a0000000-0000-8000-8000-${String(at).padStart(12, '0')}`,
    event: 'run.completed',
    notice: notice(`Thing ${at}.`),
    facets: {},
  });

  it('leaves one alone, and makes one of many that counts what it does not show', () => {
    expect(collapse([])).toEqual([]);
    expect(collapse([told(1)])).toEqual([told(1)]);
    const [one, ...rest] = collapse(Array.from({ length: 25 }, (_, at) => told(at)));
    expect(rest).toEqual([]);
    expect(one?.notice.title).toBe('25 things happened at once.');
    expect(one?.notice.facts).toHaveLength(21);
    expect(one?.notice.facts.at(-1)).toEqual({ name: 'And', text: '5 more' });
  });
});
