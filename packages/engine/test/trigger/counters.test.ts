import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  createTrigger,
  foldTrigger,
  jobSpecification,
  type Birth,
  type TriggerEvent,
} from '@signalbox/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { BIRTHDAY, OneRun } from '../run/one-run.ts';
import type { ShortPlan } from '../run/short-plan.ts';
import { createMessage, OneTrigger } from './one-trigger.ts';

type Texts = Readonly<Record<string, string>>;

interface CounterCase {
  readonly name: string;
  readonly rules: readonly string[];
  readonly title?: string;
  readonly variables?: Texts;
  readonly inStage?: Texts;
  readonly inJob?: Texts;
  readonly runs: readonly CounterRun[];
}

interface CounterRun {
  readonly of?: number;
  readonly day?: string;
  readonly starts?: string;
  readonly variables?: Texts;
  readonly number?: string;
  readonly sees?: Texts;
  readonly fails?: string;
  readonly refused?: string;
}

const cases = parse(
  readFileSync(fileURLToPath(new URL('../../../../spec/runs/counters.yml', import.meta.url)), 'utf8'),
) as readonly CounterCase[];

function shortPlan({ title, inStage = {}, inJob = {} }: CounterCase, variables: Texts): ShortPlan {
  const stages = { A: { variables: inStage, jobs: { j: { variables: inJob } } } };
  return { ...(title === undefined ? {} : { name: title }), variables, stages };
}

function timeOf(day: string | undefined): number {
  return day === undefined ? BIRTHDAY : Date.parse(day);
}

/** The only job of a run that has begun: its message if it failed, else the variables that are asked for. */
function seen(short: ShortPlan, { identity }: Birth, { starts, sees = {} }: CounterRun): unknown {
  const run = new OneRun(short, identity);
  run.now = starts === undefined ? run.now : timeOf(starts);
  run.begin();
  const [job] = run.stage('A').jobs;
  if (job?.phase === 'completed') return job.message;
  const all = jobSpecification(run.state, run.plan, run.at('A.j').key, run.now)?.variables ?? [];
  return Object.fromEntries(
    Object.keys(sees).map((name) => [name, all.find((one) => one.name === name)?.value]),
  );
}

function play(one: CounterCase): void {
  const trigger = new OneTrigger();
  const journal: TriggerEvent[] = [];
  let variables = one.variables ?? {};
  for (const step of one.runs) {
    variables = step.variables ?? variables;
    const short = shortPlan(one, variables);
    trigger.now = timeOf(step.day);
    const definition = { id: step.of ?? 7, name: 'Shop' };
    const { outcome, births } = trigger.create(createMessage(short, { definition }));
    journal.push(...outcome.events);
    const [birth] = births;
    if (step.refused !== undefined) expect(JSON.stringify(outcome.reply)).toContain(step.refused);
    else if (birth === undefined) throw new Error(JSON.stringify(outcome.reply));
    else {
      if (step.number !== undefined) expect(birth.identity.number).toBe(step.number);
      const job = seen(short, birth, step);
      if (step.fails === undefined) expect(job).toEqual(step.sees ?? {});
      else expect(job).toContain(step.fails);
    }
  }
  const folded = [...foldTrigger(journal).counters].map(([id, { value }]) => [id, value] as const);
  expect(new Map(folded)).toEqual(trigger.counters);
}

describe('spec/runs/counters.yml', () => {
  it.each(cases.map((one) => [`${one.name} (${one.rules.join(', ')})`, one] as const))('%s', (_, one) => {
    play(one);
  });
});

describe('counters of runs', () => {
  it('move once for each run that is created, in one unit of work or in many (EXPR-52, GAP-43)', () => {
    const short = shortPlan({ name: '', rules: [], runs: [] }, { n: "$[ counter('n', 0) ]" });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 8 }), (units) => {
        const trigger = new OneTrigger();
        const texts = units.flatMap((runs) => {
          const births = trigger.createAll(Array.from({ length: runs }, () => createMessage(short)));
          return births.map(({ identity }) => identity.counted?.['//n']);
        });
        expect(texts).toEqual(texts.map((_, index) => String(index)));
        expect(trigger.counters).toEqual(
          texts.length === 0 ? new Map() : new Map([['7:n', texts.length - 1]]),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('are read together, and only if a variable names them', () => {
    const needsOf = (variables: Texts): unknown => {
      const working = createTrigger(1);
      working.supply([{ of: { need: 'header' } }, { of: { need: 'lastRun' }, lastRun: 0 }]);
      return working.handle(createMessage({ variables, stages: { A: null } }), 5);
    };
    const counter = { need: 'counter', definition: 7 };
    expect(needsOf({ a: "$[ counter('a') ]", b: "$[ COUNTER('b') ]", c: "$[ counter('a', 2) ]" })).toEqual({
      kind: 'needs',
      needs: [
        { ...counter, prefix: 'a' },
        { ...counter, prefix: 'b' },
      ],
    });
    expect(needsOf({ a: "counter('a')", counter: "$[ upper('x') ]" })).toMatchObject({ kind: 'decided' });
  });

  it('are at most a hundred for one run', () => {
    const variables = (count: number): Texts =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`v${n}`, `$[ counter('p${n}') ]`]));
    const replyOf = (count: number): unknown =>
      new OneTrigger().create(createMessage({ variables: variables(count), stages: { A: null } })).outcome
        .reply;
    expect(replyOf(100)).toMatchObject({ ok: true });
    expect(replyOf(101)).toMatchObject({ ok: false, refusal: { code: 'counter-invalid' } });
  });
});
