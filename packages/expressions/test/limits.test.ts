import { describe, expect, it } from 'vitest';
import {
  arrayValue,
  evaluate,
  expandMacros,
  expandVariables,
  fromData,
  MAX_DATA_DEPTH,
  MAX_EXPRESSION_LENGTH,
  MAX_MACRO_DEPTH,
  MAX_MACRO_TEXT_LENGTH,
  MAX_RESULT_LENGTH,
  newEffort,
  NULL,
  parse,
  stringValue,
  toText,
  type Value,
} from '@signalbox/expressions';

function run(text: string, values: Record<string, Value> = {}): string {
  const parsed = parse(text, 'template', Object.keys(values));
  if (!parsed.ok) return parsed.errors[0]?.code ?? '';
  const result = evaluate(parsed.tree, { values: new Map(Object.entries(values)) });
  return result.ok ? (toText(result.value) ?? result.value.kind) : result.error.code;
}

function nested(calls: number, leaf = 'false'): string {
  return 'not('.repeat(calls) + leaf + ')'.repeat(calls);
}

describe('length (EXPR-6)', () => {
  it('takes 21,000 characters and no more', () => {
    expect(run("'x'".padEnd(MAX_EXPRESSION_LENGTH))).toBe('x');
    expect(run("'x'".padEnd(MAX_EXPRESSION_LENGTH + 1))).toBe('text-too-long');
  });
});

describe('depth (REC-101, REC-156, EXPR-6)', () => {
  it('takes 49 calls around a literal, refuses 50', () => {
    expect(run(nested(49))).toBe('True');
    expect(run(nested(50))).toBe('too-deep');
  });

  it('counts index brackets that stand in each other', () => {
    const values = { v: fromData({}) ?? NULL };
    expect(run(`${'v['.repeat(49)}0${']'.repeat(49)}`, values)).toBe('');
    expect(run(`${'v['.repeat(50)}0${']'.repeat(50)}`, values)).toBe('too-deep');
  });

  it('does not count chains, however long', () => {
    expect(run(`v${'.a'.repeat(10_000)}`, { v: NULL })).toBe('');
    expect(run(`v${'.*'.repeat(10_000)}`, { v: NULL })).toBe('array');
    expect(run(`v${"['a']".repeat(4_000)}`, { v: NULL })).toBe('');
  });

  it('stops reading at the first call that is too deep', () => {
    expect(run('not('.repeat(5_000))).toBe('too-deep');
  });
});

describe('size of results', () => {
  const big = stringValue('x'.repeat(MAX_RESULT_LENGTH));

  it('refuses before it builds', () => {
    expect(run("replace(big, 'x', 'xx')", { big })).toBe('result-too-large');
    expect(run("format('{0}{0}', big)", { big })).toBe('result-too-large');
    expect(run("join(',', list)", { list: arrayValue([big, big]) })).toBe('result-too-large');
    expect(run('convertToJson(big)', { big })).toBe('result-too-large');
    expect(run('length(upper(big))', { big })).toBe(String(MAX_RESULT_LENGTH));
  });

  it('does not let nesting double a text for ever', () => {
    const doubling = `${"format('{0}{0}', ".repeat(49)}'x'${')'.repeat(49)}`;
    expect(run(doubling)).toBe('result-too-large');
    expect(run(`${'convertToJson('.repeat(49)}'"'${')'.repeat(49)}`)).toBe('result-too-large');
  });

  it('bounds what functions look at, in one evaluation and in many that share an effort', () => {
    const list = arrayValue(Array.from({ length: 10_000 }, () => stringValue('x')));
    const wide = `or(${Array.from({ length: 400 }, () => "containsValue(l, 'y')").join(', ')})`;
    expect(run(wide, { l: list })).toBe('False');
    const wider = `or(${Array.from({ length: 200 }, () => "containsValue(l.*, 'y')").join(', ')})`;
    expect(run(wider, { l: arrayValue([...list.items, ...list.items]) })).toBe('too-much-work');
    const parsed = parse("in('x', big, big)", 'template', ['big']);
    const environment = { values: new Map([['big', big]]), effort: newEffort() };
    const codes = Array.from({ length: 30 }, () => {
      const result = parsed.ok ? evaluate(parsed.tree, environment) : undefined;
      return result?.ok === false ? result.error.code : 'fine';
    });
    expect(new Set(codes)).toEqual(new Set(['fine', 'too-much-work']));
    expect(codes.at(-1)).toBe('too-much-work');
  });

  it('bounds what one evaluation builds altogether', () => {
    const parts = Array.from({ length: 12 }, () => 'upper(big)').join(', ');
    expect(run(`and(${parts})`, { big })).toBe('result-too-large');
  });

  it('refuses a JSON path that looks at too much', () => {
    const deep = (depth: number): unknown => (depth === 0 ? 1 : [deep(depth - 1)]);
    const root = fromData(deep(MAX_DATA_DEPTH)) ?? NULL;
    const parsed = parse("jsonpath('$..*..*..*..*')", 'checkCriteria');
    const result = parsed.ok ? evaluate(parsed.tree, { values: new Map([['root', root]]) }) : undefined;
    expect(result).toMatchObject({ ok: false, error: { code: 'result-too-large' } });
  });
});

describe('data', () => {
  it('is taken up to a depth', () => {
    const deep = (depth: number): unknown => (depth === 0 ? 1 : [deep(depth - 1)]);
    expect(fromData(deep(MAX_DATA_DEPTH))?.kind).toBe('array');
    expect(fromData(deep(MAX_DATA_DEPTH + 1))).toBeUndefined();
  });
});

describe('macros (VAR-7)', () => {
  const chain = (length: number): Map<string, string> =>
    new Map(
      Array.from({ length }, (_, index) => [`v${index}`, index === length - 1 ? 'end' : `$(v${index + 1})`]),
    );

  it('expands 50 levels, keeps the text of the variables above', () => {
    const { values, warnings } = expandVariables(chain(MAX_MACRO_DEPTH + 2));
    expect(values.get('v1')).toBe('end');
    expect(values.get('v0')).toBe('$(v1)');
    expect(warnings).toEqual([{ name: 'v0', reason: 'too-deep' }]);
  });

  it('takes a chain of any length without exhausting the stack', () => {
    expect(expandVariables(chain(20_000)).warnings).toHaveLength(20_000 - MAX_MACRO_DEPTH - 1);
  });

  it('keeps the text of a variable that would grow beyond the limit', () => {
    const doubling = new Map(
      Array.from({ length: 40 }, (_, index) => [`v${index}`, `$(v${index + 1})$(v${index + 1})`]),
    );
    const { values, warnings } = expandVariables(doubling.set('v40', 'x'));
    expect(values.get('v20')).toHaveLength(MAX_RESULT_LENGTH);
    expect(values.get('v19')).toBe('$(v20)$(v20)');
    expect(warnings.at(-1)?.reason).toBe('too-long');
  });

  it('leaves a macro that would make the text too long', () => {
    const big = 'x'.repeat(MAX_RESULT_LENGTH);
    const text = '$(big)'.repeat(20);
    const expanded = expandMacros(text, () => big);
    expect(expanded.length).toBeLessThan(MAX_MACRO_TEXT_LENGTH + text.length);
    expect(expanded.endsWith('x$(big)$(big)$(big)$(big)')).toBe(true);
  });

  it('bounds what the variables build together, not what they are', () => {
    const big = 'x'.repeat(MAX_RESULT_LENGTH + 1);
    const copies = Array.from({ length: 20 }, (_, index) => [`v${index}`, `$(half)$(half)${index}`] as const);
    const { values, warnings } = expandVariables(
      new Map([['big', big], ['half', 'x'.repeat(500_000)], ...copies]),
    );
    expect(values.get('big')).toBe(big);
    expect(warnings.map(({ name }) => name)).toEqual(['v16', 'v17', 'v18', 'v19']);
  });

  it('reads a text of nothing but openings or closings in one pass', () => {
    const openings = '$('.repeat(500_000);
    expect(expandMacros(openings, () => 'x')).toBe(openings);
    expect(expandMacros(`${openings})`, () => 'x')).toHaveLength(openings.length - 1);
    const closings = `$(${')'.repeat(1_000_000)}`;
    expect(expandMacros(closings, () => undefined)).toBe(closings);
  });
});
