import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  evaluate,
  EXPRESSION_ERRORS,
  FUNCTIONS,
  offers,
  parse,
  PLACES,
  printExpression,
  referencedNames,
  toText,
  UNKNOWN,
  type CounterProvider,
  type Value,
} from '@signalbox/expressions';

describe('FUNCTIONS', () => {
  it('has each name once, whatever its letter case', () => {
    const names = FUNCTIONS.map((record) => record.name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  });

  it('describes every function by the form of its call', () => {
    for (const { name, description } of FUNCTIONS) expect(description).toContain(`\`${name}(`);
  });

  it('offers every function in some place', () => {
    for (const record of FUNCTIONS)
      expect(Object.values(PLACES).some((place) => offers(place, record))).toBe(true);
  });
});

describe('EXPRESSION_ERRORS', () => {
  const folder = fileURLToPath(new URL('../../../spec/expressions/', import.meta.url));
  // These need a text, a caller or a value that a case file cannot hold; the tests beside this one have them.
  const testedElsewhere = [
    'text-too-long',
    'too-deep',
    'result-too-large',
    'value-not-given',
    'not-known-yet',
  ];

  it('has a sentence for every code, and a case for every code', () => {
    const cases = readdirSync(folder).map((file) => readFileSync(folder + file, 'utf8'));
    for (const [code, sentence] of Object.entries(EXPRESSION_ERRORS)) {
      expect(sentence.endsWith('.')).toBe(true);
      const shown = cases.some((text) => text.includes(`"${code}"`));
      expect(shown || testedElsewhere.includes(code), code).toBe(true);
    }
  });

  it('refuses a result that is not known yet, or a name without a value', () => {
    const parsed = parse('eq(variables.a, 1)', 'template');
    const code = (values: ReadonlyMap<string, Value>): string | undefined => {
      const result = parsed.ok ? evaluate(parsed.tree, { values }) : undefined;
      return result?.ok === false ? result.error.code : undefined;
    };
    expect(code(new Map([['variables', UNKNOWN]]))).toBe('not-known-yet');
    expect(code(new Map())).toBe('value-not-given');
  });
});

describe('counter (EXPR-50)', () => {
  const asked: unknown[] = [];
  const counter: CounterProvider = (prefix, seed) => {
    asked.push([prefix, seed]);
    return seed + 4;
  };

  function run(text: string, provider: CounterProvider | undefined): string | undefined {
    const parsed = parse(text, 'rootVariable');
    if (!parsed.ok) return parsed.errors[0]?.code;
    const result = evaluate(parsed.tree, { values: new Map(), ...(provider && { counter: provider }) });
    return result.ok ? toText(result.value) : result.error.code;
  }

  it('asks the provider, with no prefix and seed 0 unless given', () => {
    expect(run("counter('rc', '10')", counter)).toBe('14');
    expect(run('counter(1.5)', counter)).toBe('4');
    expect(run('counter()', counter)).toBe('4');
    expect(asked).toEqual([
      ['rc', 10],
      ['1.5', 0],
      ['', 0],
    ]);
  });

  it('refuses a seed that is no number, more arguments, and a place without counters', () => {
    expect(run("counter('a', 'b')", counter)).toBe('cannot-convert');
    expect(run("counter('a', 1, 2)", counter)).toBe('too-many-arguments');
    expect(run("counter('a')", undefined)).toBe('value-not-given');
  });
});

describe('referencedNames', () => {
  function names(text: string): unknown {
    const parsed = parse(text, 'stageCondition');
    return parsed.ok ? referencedNames(parsed.tree) : parsed.errors;
  }

  it('lists functions once and every use of a named value', () => {
    expect(names("AND(eq(variables.a, VARIABLES['b.c']), eq(1, 2))")).toEqual({
      functions: ['and', 'eq'],
      references: [
        { name: 'variables', path: ['a'] },
        { name: 'variables', path: ['b.c'] },
      ],
    });
  });

  it('marks computed keys and stars, and looks into indexes', () => {
    expect(names('dependencies[variables.x].outputs.*')).toEqual({
      functions: [],
      references: [
        { name: 'dependencies', path: [undefined, 'outputs', undefined] },
        { name: 'variables', path: ['x'] },
      ],
    });
  });
});

describe('printExpression', () => {
  it('writes the plainest spelling', () => {
    const parsed = parse(" EQ ( Variables [ 'a-b' ] , 'it''s' ) ", 'stageCondition');
    expect(parsed.ok && printExpression(parsed.tree)).toBe("eq(variables['a-b'], 'it''s')");
  });
});
