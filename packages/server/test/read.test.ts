import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logNumber } from '../src/http/agent/log-number.ts';
import { readParameters } from '../src/http/read/parameters.ts';
import { recordGuid } from '../src/guid.ts';

describe('readParameters', () => {
  it.each([
    ['', {}],
    ['{}', {}],
    ['{"a":"1","b":2,"c":true,"d":null}', { a: '1', b: '2', c: 'true', d: '' }],
    ["{'a': '1', 'b': '2'}", { a: '1', b: '2' }],
    [`{'a': "it's", 'b': 'say "x"'}`, { a: "it's", b: 'say "x"' }],
    [
      String.raw`{'a': 'tab\tline\nslash\\quote\'', 'u': '\u00e9\xe9'}`,
      { a: "tab\tline\nslash\\quote'", u: 'éé' },
    ],
    ["{'a': True, 'b': False, 'c': None, 'd': 5}", { a: 'true', b: 'false', c: '', d: '5' }],
    ["{'True': 'None'}", { True: 'None' }],
  ])('%s', (text, values) => {
    expect(readParameters(text)).toEqual(values);
  });

  it.each(['[]', '5', 'null', "{'a': ", '{"a":{}}', '{"__proto__":"x"}', "__import__('os')", '{"":"x"}'])(
    'refuses %s',
    (text) => {
      expect(() => readParameters(text)).toThrow();
    },
  );

  it('reads what JSON writes', () => {
    const names = fc.string({ minLength: 1 }).filter((name) => name !== '__proto__');
    fc.assert(
      fc.property(fc.dictionary(names, fc.string()), (values) => {
        expect(readParameters(JSON.stringify(values))).toEqual({ ...values });
      }),
    );
  });
});

describe('recordGuid (GLOSS-4)', () => {
  it.each([
    ['__default', '96ac2280-8cb4-5df5-99de-dd2da759617d'],
    ['job', '3a3a2a60-14c7-570b-14a4-fa42ad92f52a'],
    ['JOB', '3a3a2a60-14c7-570b-14a4-fa42ad92f52a'],
    ['Job.__default', '12f1170f-54f2-53f3-20dd-22fc7dff55f9'],
  ])('%s is %s, as published clients compute it', (name, guid) => {
    expect(recordGuid(name)).toBe(guid);
  });
});

describe('logNumber', () => {
  const job = (name: string): never => ({ name }) as never;
  const plan = {
    stages: [
      { name: 'A', jobs: [job('x'), job('y')] },
      { name: 'B', jobs: [job('x')] },
    ],
  } as never;

  it('is another one for every step of every instance of every attempt', () => {
    const seen = new Set<number>();
    const hooks = [undefined, 'preDeploy', 'deploy', 'onFailure'] as const;
    for (const [stage, name] of [
      ['a', 'X'],
      ['A', 'y'],
      ['B', 'x'],
    ] as const) {
      for (const hook of hooks) {
        for (const stageAttempt of [1, 2]) {
          for (const jobAttempt of [1, 2]) {
            for (const step of [1, 2, 999]) {
              const instance = { stage, job: name, stageAttempt, jobAttempt, ...(hook && { hook }) };
              seen.add(logNumber(plan, instance, step)!);
            }
          }
        }
      }
    }
    expect(seen.size).toBe(3 * 4 * 2 * 2 * 3);
    expect(seen.has(undefined as never)).toBe(false);
  });

  it('is none for what is no step', () => {
    const instance = { stage: 'A', job: 'x', stageAttempt: 1, jobAttempt: 1 };
    expect([0, -1, 1000].map((step) => logNumber(plan, instance, step))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(logNumber(plan, { ...instance, job: 'z' }, 1)).toBeUndefined();
  });
});
