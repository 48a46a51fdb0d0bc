import type { ParameterView } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import { givenParameters, parameterFields, readVariables } from '../../src/view-models/queue-form.ts';

function parameter(part: Partial<ParameterView>): ParameterView {
  return { name: 'p', displayName: 'P', type: 'string', required: false, ...part };
}

describe('parameterFields', () => {
  it.each([
    [{ type: 'string' }, 'text', ''],
    [{ type: 'pool', default: 'Linux' }, 'text', 'Linux'],
    [{ type: 'number', default: '3' }, 'number', '3'],
    [{ type: 'boolean' }, 'switch', 'false'],
    [{ values: ['qa', 'prod'] }, 'choice', 'qa'],
    [{ values: ['qa', 'prod'], default: 'prod' }, 'choice', 'prod'],
    [{ type: 'object' }, 'data', ''],
    [{ type: 'stepList' }, 'data', ''],
    [{ type: 'stringList', values: ['a', 'b'] }, 'data', ''],
  ] as const)('asks for %j as %s (PARM-1 … PARM-4)', (part, kind, value) => {
    expect(parameterFields({ parameters: [parameter(part)] })[0]).toMatchObject({ kind, value, label: 'P' });
  });
});

describe('givenParameters', () => {
  const fields = parameterFields({
    parameters: [
      parameter({ name: 'text', default: 'x' }),
      parameter({ name: 'flag', type: 'boolean', required: true }),
      parameter({ name: 'data', type: 'object' }),
    ],
  });

  it('sends what was written and what a run cannot do without; the file keeps its word on the rest', () => {
    expect(givenParameters(fields, {})).toEqual({ flag: 'false' });
    expect(givenParameters(fields, { text: '', flag: 'true', data: ' ' })).toEqual({
      text: '',
      flag: 'true',
    });
    expect(givenParameters(fields, { data: '{a: 1}' })).toMatchObject({ data: '{a: 1}' });
  });
});

describe('readVariables', () => {
  it('reads a line each, and names one that has no name', () => {
    expect(readVariables('a=1\n\n b = x=y \n')).toEqual({ ok: true, values: { a: '1', b: 'x=y' } });
    expect(readVariables('a=1\nnothing')).toEqual({ ok: false, line: 'nothing' });
    expect(readVariables('=x')).toEqual({ ok: false, line: '=x' });
  });
});
