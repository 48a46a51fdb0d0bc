import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  evaluate,
  EXPRESSION_ERRORS,
  FUNCTIONS,
  fromData,
  NULL,
  offers,
  parametersValue,
  parse,
  PLACES,
  printExpression,
  referencedNames,
  toText,
  UNKNOWN,
  type CounterProvider,
  type Environment,
  type ExampleData,
  type FunctionRecord,
  type PlaceName,
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

describe('the examples of FUNCTIONS', () => {
  for (const record of FUNCTIONS) {
    it.each(record.examples)(`${record.name}: $call`, ({ call, result, given = {} }) => {
      const place = placeOf(record, given);
      const parsed = parse(call, place);
      if (!parsed.ok) throw new Error(parsed.errors[0]?.message);
      expect(call).toContain(`${record.name}(`);
      const outcome = evaluate(parsed.tree, exampleEnvironment(given));
      expect(outcome.ok ? toText(outcome.value) : outcome.error.code).toBe(result);
    });
  }

  it('are there for every function', () => {
    for (const { name, examples } of FUNCTIONS) expect(examples, name).not.toHaveLength(0);
  });
});

function placeOf(record: FunctionRecord, given: ExampleData): PlaceName {
  if (given.results !== undefined) return 'jobCondition';
  const places = Object.values(PLACES).filter((place) => offers(place, record));
  return places[0]?.name ?? 'template';
}

function exampleEnvironment({ parameters = {}, root, results, earlierRuns = 0 }: ExampleData): Environment {
  const named = Object.entries(parameters).map(([name, data]) => [name, fromData(data) ?? NULL] as const);
  return {
    values: new Map<string, Value>([
      ['parameters', parametersValue(new Map(named))],
      ['root', fromData(root) ?? NULL],
    ]),
    counter: (_prefix, seed) => seed + earlierRuns,
    ...(results && {
      status: { level: 'node', parent: 'inProgress', ancestors: new Map(Object.entries(results)) },
    }),
  };
}

describe('EXPRESSION_ERRORS', () => {
  const folder = fileURLToPath(new URL('../../../spec/expressions/', import.meta.url));
  // These need a text, a caller or a value that a case file cannot hold; the tests beside this one have them.
  const testedElsewhere = [
    'text-too-long',
    'too-deep',
    'result-too-large',
    'too-much-work',
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

  it('makes nothing known while its caller has not read the counter', () => {
    expect(run("format('v{0}', counter('a'))", () => undefined)).toBe('not-known-yet');
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
