import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bornRun, createTrigger, foldTrigger, foldRun, type TriggerEvent } from '@signalbox/engine';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { BIRTHDAY } from '../run/one-run.ts';
import { createMessage, numberOf, OneTrigger } from './one-trigger.ts';

interface NumberRow {
  readonly rule: string;
  readonly format: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly number?: string;
  readonly problem?: string;
}

const numbers = parse(
  readFileSync(fileURLToPath(new URL('../../../../spec/runs/run-numbers.yml', import.meta.url)), 'utf8'),
) as readonly NumberRow[];

describe('run numbers', () => {
  it.each(numbers.map((row) => [row.rule, row.format, row] as const))('%s: %s', (_, __, row) => {
    const trigger = new OneTrigger();
    trigger.now = BIRTHDAY + 42;
    const message = createMessage(
      { name: row.format, variables: row.variables ?? {}, stages: { A: null } },
      { branch: 'refs/heads/feature/new-cart' },
    );
    // Two runs were numbered the same way before.
    for (let earlier = 1; earlier <= 2 && row.format.toLowerCase().includes('$(rev'); earlier++)
      trigger.create(message);
    trigger.lastRun = 41;
    const created = trigger.create(message);
    if (row.problem === undefined) expect(numberOf(created)).toBe(row.number);
    else expect(created.outcome.reply).toMatchObject({ ok: false, refusal: { code: 'run-number-invalid' } });
    const reply = JSON.stringify(created.outcome.reply);
    if (row.problem !== undefined) expect(reply).toContain(`: ${row.problem}.`);
  });

  it('restarts the revision when any other part changes, for each pipeline alone (RNAME-4)', () => {
    const trigger = new OneTrigger();
    const short = { name: '$(Date:yyyyMMdd).$(Rev:r)', stages: { A: null } };
    const shop = createMessage(short);
    const other = createMessage(short, { definition: { id: 8, name: 'Other' } });
    expect([shop, shop, other].map((message) => numberOf(trigger.create(message)))).toEqual([
      '20260305.1',
      '20260305.2',
      '20260305.1',
    ]);
    trigger.now += 86_400_000;
    expect([shop, other, shop].map((message) => numberOf(trigger.create(message)))).toEqual([
      '20260306.1',
      '20260306.1',
      '20260306.2',
    ]);
  });

  it('shares revisions between numbers that differ in letter case only', () => {
    const trigger = new OneTrigger();
    const upper = createMessage({ name: 'V$(Rev:r)', stages: { A: null } });
    const lower = createMessage({ name: 'v$(Rev:r)', stages: { A: null } });
    expect([upper, lower].map((message) => numberOf(trigger.create(message)))).toEqual(['V1', 'v2']);
  });

  it('does not show secrets', () => {
    const secret = createMessage(
      { name: 'n-$(key)', stages: { A: null } },
      { variables: { key: { value: 'hush', secret: true } } },
    );
    expect(numberOf(new OneTrigger().create(secret))).toBe('n-$(key)');
  });
});

describe('CreateRun', () => {
  it('numbers runs in order and never lets queue times fall (INV-41)', () => {
    const trigger = new OneTrigger();
    const message = createMessage({ stages: { A: null } });
    const events: TriggerEvent[] = [];
    const times: number[] = [];
    for (const now of [5000, 9000, 7000, 9500]) {
      trigger.now = now;
      const { outcome, births } = trigger.create(message);
      events.push(...outcome.events);
      times.push(births[0]?.identity.queueTime ?? -1);
    }
    expect(times).toEqual([5000, 9000, 9001, 9500]);
    expect(events.map((event) => event.type === 'RunNumbered' && event.run)).toEqual([42, 43, 44, 45]);
    expect(foldTrigger(events)).toMatchObject({ header: { lastQueueTime: 9500 }, lastRun: 45 });
  });

  it('tells the interlocking before it tells the run (ARCHITECTURE §3)', () => {
    const { outcome, births } = new OneTrigger().create(
      createMessage(
        {
          stages: {
            build: null,
            test: { after: 'build', ownLock: true },
            prod: { after: 'test', locks: ['prod', 'db'], ownLock: true },
            manual: { manual: true, locks: 'prod' },
            skipped: { after: 'build', locks: 'prod' },
            never: {
              after: 'build',
              if: "eq(variables['Build.SourceBranch'], 'refs/heads/x')",
              locks: 'prod',
            },
            after: { after: 'never', locks: 'prod' },
            always: { after: 'never', if: 'always()', locks: 'prod' },
          },
        },
        { stagesToSkip: ['Skipped'] },
      ),
    );
    expect(outcome.reply).toEqual({ ok: true, value: { run: 42, number: '42' } });
    expect(outcome.mail).toEqual([
      {
        to: { kind: 'interlocking', id: 1 },
        body: {
          type: 'Expected',
          run: 42,
          definition: 7,
          branch: 'refs/heads/main',
          runQueueTime: BIRTHDAY,
          stages: [
            { stage: 'test', resources: [{ type: 'persistedStage', id: '7:test' }] },
            {
              stage: 'prod',
              resources: [
                { type: 'environment', id: 'prod' },
                { type: 'environment', id: 'db' },
                { type: 'persistedStage', id: '7:prod' },
              ],
            },
            { stage: 'always', resources: [{ type: 'environment', id: 'prod' }] },
          ],
        },
      },
      { to: { kind: 'run', id: 42 }, body: { type: 'Begin' } },
    ]);
    const [birth] = births;
    if (birth === undefined) throw new Error('no birth');
    expect(foldRun([{ type: 'RunCreated', ...birth }])).toEqual(bornRun(birth.identity, birth.plan));
  });

  it('expects a stage whose condition hangs on what only the start of the run tells', () => {
    const short = {
      variables: { when: '$[ pipeline.startTime ]' },
      stages: {
        A: { if: "ne(variables.when, '')", locks: 'prod' },
        B: { if: "gt(pipeline.startTime, '2020-01-01')", locks: 'prod' },
      },
    };
    const [expected] = new OneTrigger().create(createMessage(short)).outcome.mail;
    expect(expected?.body).toMatchObject({ type: 'Expected', stages: [{ stage: 'A' }, { stage: 'B' }] });
  });

  it('sends nothing to the interlocking for a run that locks nothing', () => {
    const { outcome } = new OneTrigger().create(createMessage({ stages: { A: null } }));
    expect(outcome.mail.map(({ body }) => body.type)).toEqual(['Begin']);
  });

  it.each([
    ['stage-not-skippable', ['a']],
    ['stage-not-found', ['X']],
    ['no-stage-left', ['b', 'C']],
  ])('refuses with %s to skip %j (STG-7)', (code, stagesToSkip) => {
    const a = code === 'stage-not-skippable' ? { A: { isSkippable: false } } : {};
    const message = createMessage({ stages: { ...a, B: null, C: null } }, { stagesToSkip });
    const trigger = new OneTrigger();
    const { outcome, births } = trigger.create(message);
    expect(outcome).toMatchObject({ events: [], mail: [], reply: { ok: false, refusal: { code } } });
    expect(births).toEqual([]);
    expect(trigger.lastRun).toBe(41);
  });

  it('refuses to leave out a job that the stage has not', () => {
    const refused = (name: string): unknown =>
      new OneTrigger().create(createMessage({ stages: { A: null } }, { jobsToSkip: [name] })).outcome.reply;
    expect(refused('A.nothing')).toMatchObject({ ok: false, refusal: { code: 'job-not-found' } });
    expect(refused('a.J')).toMatchObject({ ok: true });
  });

  it('creates several runs in one unit of work', () => {
    const working = createTrigger(1);
    const message = createMessage({ name: 'r$(Rev:r)', stages: { A: null } });
    working.supply([
      { of: { need: 'header' }, header: { lastQueueTime: 0 } },
      { of: { need: 'lastRun' }, lastRun: 6 },
      { of: { need: 'revision', definition: 7, key: 'r' }, revision: 2 },
    ]);
    const replies = [1, 2].map((now) => {
      const handled = working.handle(message, now);
      return handled.kind === 'decided' ? handled.outcome.reply : handled;
    });
    expect(replies).toEqual([
      { ok: true, value: { run: 7, number: 'r3' } },
      { ok: true, value: { run: 8, number: 'r4' } },
    ]);
    expect(working.changes()).toEqual([
      { table: 'header', row: { lastQueueTime: 2 } },
      { table: 'lastRun', row: 8 },
      { table: 'revision', row: { definition: 7, key: 'r', value: 4 } },
    ]);
  });
});
