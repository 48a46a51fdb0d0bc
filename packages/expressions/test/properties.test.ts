import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arrayValue,
  booleanValue,
  decide,
  equalValues,
  evaluate,
  expandMacros,
  expandVariables,
  floorDecimal,
  fromData,
  NULL,
  numberValue,
  objectValue,
  parse,
  PLACES,
  printExpression,
  stringValue,
  toBoolean,
  toDecimal,
  toText,
  UNKNOWN,
  variablesValue,
  type Environment,
  type Expression,
  type NodeStatus,
  type PlaceName,
  type Value,
} from '@signalbox/expressions';

const places = Object.keys(PLACES) as PlaceName[];

/** Text that is often nearly an expression. */
const nearlyExpression = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'eq',
        'and',
        'not',
        'format',
        'join',
        'in',
        'succeeded',
        'variables',
        'dependencies',
        'true',
      ),
      fc.constantFrom(
        '(',
        ')',
        '[',
        ']',
        ',',
        '.',
        '*',
        "'",
        ' ',
        '1',
        '-',
        '1.2.3',
        "'a'",
        '$',
        '==',
        '\u00a0',
      ),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.constant(NULL),
  fc.boolean().map(booleanValue),
  fc.integer().map((value) => numberValue(value)),
  fc.double({ noNaN: true, min: -1e9, max: 1e9 }).map((value) => numberValue(value)),
  fc
    .oneof(fc.string(), fc.integer().map(String), fc.constantFrom('true', 'False', '1.2.3', ' 1,000 '))
    .map(stringValue),
);

const anyValue: fc.Arbitrary<Value> = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }).map((items) => arrayValue(items)),
  fc
    .dictionary(fc.string({ maxLength: 3 }), scalar, { maxKeys: 3 })
    .map((data) => objectValue(new Map(Object.entries(data)))),
);

/** A well-formed expression for a stage condition. */
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom('true', 'false', '0', '1', "''", "'Succeeded'", "'b'", '1.2.3', '-1.5'),
    fc.constantFrom(
      'variables.a',
      "variables['B']",
      'dependencies.A.result',
      'dependencies.B.result',
      'dependencies.*',
    ),
    fc.constantFrom(
      'dependencies',
      "dependencies.A.outputs['x']",
      'dependencies[variables.a].result',
      'dependencies.*.result',
    ),
    fc.constantFrom(
      'succeeded()',
      'failed()',
      'succeededOrFailed()',
      'canceled()',
      'always()',
      "succeeded('A')",
      "failed('a', 'B')",
    ),
    call(tie('condition'), ['not', 'length', 'upper', 'trim', 'convertToJson'], 1, 1),
    call(
      tie('condition'),
      ['eq', 'ne', 'lt', 'ge', 'xor', 'contains', 'startsWith', 'containsValue', 'join', 'split'],
      2,
      2,
    ),
    call(tie('condition'), ['and', 'or', 'in', 'notIn', 'coalesce'], 2, 4),
    call(tie('condition'), ['iif', 'replace'], 3, 3),
  ),
}));

function call(
  argument: fc.Arbitrary<string>,
  names: string[],
  min: number,
  max: number,
): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...names), fc.array(argument, { minLength: min, maxLength: max }))
    .map(([name, args]) => `${name}(${args.join(', ')})`);
}

/** The same tree without its positions. */
function shape(tree: Expression): unknown {
  return JSON.parse(
    JSON.stringify(tree, (key, value: unknown) =>
      key === 'start' || key === 'end' || key === 'nameEnd'
        ? undefined
        : typeof value === 'bigint'
          ? String(value)
          : value,
    ),
  );
}

function mustParse(text: string, place: PlaceName): Expression {
  const parsed = parse(text, place);
  if (!parsed.ok) throw new Error(parsed.errors[0]?.message);
  return parsed.tree;
}

const nodeResult = fc.constantFrom(
  'succeeded',
  'succeededWithIssues',
  'failed',
  'canceled',
  'skipped',
  'abandoned',
);

describe('parse', () => {
  it('answers every text with a tree or with errors inside the text', () => {
    fc.assert(
      fc.property(nearlyExpression, fc.constantFrom(...places), (text, place) => {
        const parsed = parse(text, place);
        if (parsed.ok) return;
        expect(parsed.errors.length).toBeGreaterThan(0);
        for (const { start, end, message } of parsed.errors) {
          expect(message).not.toBe('');
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('reads what printExpression wrote as the same tree', () => {
    fc.assert(
      fc.property(condition, (text) => {
        const tree = mustParse(text, 'stageCondition');
        expect(shape(mustParse(printExpression(tree), 'stageCondition'))).toEqual(shape(tree));
      }),
    );
  });

  it('reads any text as a string literal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const tree = mustParse(`'${text.replaceAll("'", "''")}'`, 'template');
        expect(evaluate(tree, { values: new Map() })).toEqual({ ok: true, value: stringValue(text) });
      }),
    );
  });
});

describe('values', () => {
  it('every value has a Boolean, and equals itself', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(typeof toBoolean(value)).toBe('boolean');
        expect(equalValues(value, value)).toBe(true);
      }),
    );
  });

  it('a scalar equals its own text when the text stands on the left', () => {
    fc.assert(
      fc.property(scalar, (value) => {
        expect(equalValues(stringValue(toText(value) ?? ''), value)).toBe(true);
      }),
    );
  });

  it('orders values of one kind in exactly one way', () => {
    const pair = fc.oneof(
      fc.tuple(fc.integer(), fc.integer()),
      fc.tuple(fc.double({ noNaN: true, min: -7e28, max: 7e28 }), fc.integer()),
    );
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const environment = {
          values: new Map<string, Value>([
            ['a', numberValue(a)],
            ['b', numberValue(b)],
          ]),
        };
        const holding = ['lt', 'eq', 'gt'].filter((name) => {
          const parsed = parse(`${name}(a, b)`, 'template', ['a', 'b']);
          const result = parsed.ok ? evaluate(parsed.tree, environment) : undefined;
          return result?.ok === true && toBoolean(result.value);
        });
        expect(holding).toHaveLength(1);
      }),
    );
  });

  it('an integer survives text, Number and rounding down', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        const decimal = toDecimal(stringValue(toText(numberValue(value)) ?? ''));
        expect(decimal && floorDecimal(decimal)).toBe(value);
      }),
    );
  });

  it('any JSON has a value, and convertToJson gives the JSON back', () => {
    const environment = (value: Value): Environment => ({ values: new Map([['x', value]]) });
    const parsed = parse('convertToJson(x)', 'template', ['x']);
    const json = fc
      .jsonValue({ maxDepth: 4 })
      .filter((data) => !/\d\.\d{8}|e[+-]/.test(JSON.stringify(data)));
    fc.assert(
      fc.property(json, (data) => {
        const value = fromData(data) ?? UNKNOWN;
        const result = parsed.ok ? evaluate(parsed.tree, environment(value)) : undefined;
        const text = result?.ok === true ? toText(result.value) : undefined;
        expect(JSON.parse(text ?? '?')).toEqual(JSON.parse(JSON.stringify(data).replaceAll('-0,', '0,')));
      }),
    );
  });
});

describe('evaluate', () => {
  it('answers every expression with a value or an error inside its text', () => {
    const environment: Environment = {
      values: new Map<string, Value>([
        [
          'variables',
          variablesValue([
            ['a', 'A'],
            ['b', '1'],
          ]),
        ],
        [
          'dependencies',
          fromData({ A: { result: 'Succeeded', outputs: { x: '1' } }, B: { result: 'Failed' } }) ?? NULL,
        ],
      ]),
      status: {
        level: 'node',
        parent: 'inProgress',
        ancestors: new Map([
          ['A', 'succeeded'],
          ['B', 'failed'],
        ]),
      },
    };
    fc.assert(
      fc.property(condition, (text) => {
        const result = evaluate(mustParse(text, 'stageCondition'), environment);
        if (!result.ok) expect(text.slice(result.error.start, result.error.end)).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});

describe('decide', () => {
  // What is said while A is unknown must hold for whatever A turns out to be.
  it('never says false of what can become True, nor true of what can become False', () => {
    const outcome = fc.tuple(nodeResult, nodeResult, fc.boolean(), fc.constantFrom('1', 'x', ''));
    fc.assert(
      fc.property(
        condition,
        outcome,
        fc.array(outcome, { minLength: 4, maxLength: 4 }),
        (text, known, later) => {
          const tree = mustParse(text, 'stageCondition');
          const said = decide(tree, environmentOf(known, true));
          for (const [result, , canceled, output] of later) {
            const end = evaluate(tree, environmentOf([result, known[1], canceled, output], false));
            if (said === 'false') expect(end.ok && toBoolean(end.value)).toBe(false);
            if (said === 'true') expect(!end.ok || toBoolean(end.value)).toBe(true);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  type Outcome = readonly [a: Known, b: Known, canceled: boolean, output: string];
  type Known = 'succeeded' | 'succeededWithIssues' | 'failed' | 'canceled' | 'skipped' | 'abandoned';

  function environmentOf([a, b, canceled, output]: Outcome, open: boolean): Environment {
    const status: NodeStatus = {
      level: 'node',
      parent: open ? 'unknown' : canceled ? 'canceling' : 'inProgress',
      ancestors: new Map([
        ['A', open ? 'unknown' : a],
        ['B', b],
      ] as const),
    };
    const first = fromData({ result: a, outputs: { x: output } }) ?? NULL;
    const second = fromData({ result: b }) ?? NULL;
    return {
      values: new Map<string, Value>([
        [
          'variables',
          variablesValue([
            ['a', 'A'],
            ['b', '1'],
          ]),
        ],
        [
          'dependencies',
          objectValue(
            new Map([
              ['A', open ? UNKNOWN : first],
              ['B', second],
            ]),
          ),
        ],
      ]),
      status,
    };
  }
});

describe('macros', () => {
  const text = fc
    .array(fc.constantFrom('$(', ')', 'a', 'b', 'c', '$(a)', '$(b)', '$(c)', '$', '(', ' '), {
      maxLength: 12,
    })
    .map((parts) => parts.join(''));

  it('expandMacros reads as the plain left-to-right search does', () => {
    const lookup = (name: string): string | undefined =>
      new Map([
        ['a', '1'],
        ['b', '$(a)'],
      ]).get(name);
    fc.assert(
      fc.property(text, (each) => {
        expect(expandMacros(each, lookup)).toBe(searchLeftToRight(each, lookup));
      }),
    );
  });

  it('expandVariables is done after one more pass, unless it warned', () => {
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        const variables = new Map([
          ['a', a],
          ['b', b],
          ['c', c],
        ]);
        const { values, warnings } = expandVariables(variables);
        const failed = new Set(warnings.map(({ name }) => name));
        for (const [name, value] of variables) {
          const expected = failed.has(name) ? value : expandMacros(value, (each) => values.get(each));
          expect(values.get(name)).toBe(expected);
        }
      }),
    );
  });

  function searchLeftToRight(each: string, lookup: (name: string) => string | undefined): string {
    let result = each;
    let from = 0;
    for (;;) {
      const open = result.indexOf('$(', from);
      const close = open < 0 ? -1 : result.indexOf(')', open + 2);
      if (close < 0) return result;
      const value = lookup(result.slice(open + 2, close));
      if (value !== undefined) result = result.slice(0, open) + value + result.slice(close + 1);
      from = value === undefined ? open + 1 : open + value.length;
    }
  }
});
