import type { StagePlan, VariableEntry } from '@signalbox/model';
import { describe, expect, it } from 'vitest';
import { knownName, textsOfStage, withEntries } from '../../src/work/protected/reference-name.ts';

const text = (name: string, value: string): VariableEntry => ({ name, value, readonly: false });

describe('knownName', () => {
  const texts = withEntries(new Map(), [
    text('Env', 'prod'),
    text('conn', 'gate-$(env)'),
    text('loop', '$(loop)'),
    { name: 'late', value: { expression: 'lower(1)' }, readonly: false },
    { group: 'g' },
  ]);

  it.each([
    ['gate', 'gate'],
    [' gate ', 'gate'],
    ['$(CONN)', 'gate-prod'],
    ['$( conn )-$(env)', 'gate-prod-prod'],
    ['$(missing)', undefined],
    ['$(late)', undefined],
    ['$(loop)', undefined],
    ['a$', 'a$'],
  ])('makes of %s %s', (name, expected) => {
    expect(knownName(name, texts)).toBe(expected);
  });

  it('knows no run-time expression', () => {
    expect(knownName({ expression: 'variables.x' }, texts)).toBeUndefined();
  });
});

describe('textsOfStage', () => {
  it('takes what jobs say over the stage and the pipeline, unless two jobs differ', () => {
    const job = (...variables: readonly VariableEntry[]): object => ({ variables });
    const stage = {
      variables: [text('a', 'stage'), text('b', 'stage')],
      jobs: [
        job(text('a', 'job'), text('c', 'same'), text('d', '1')),
        job(text('C', 'same'), text('d', '2')),
      ],
    } as unknown as StagePlan;
    const outer = withEntries(new Map(), [text('b', 'root'), text('e', 'root'), text('d', 'root')]);
    expect(Object.fromEntries(textsOfStage(outer, stage))).toEqual({
      a: 'job',
      b: 'stage',
      c: 'same',
      d: undefined,
      e: 'root',
    });
  });
});
