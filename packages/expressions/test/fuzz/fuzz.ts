import {
  decide,
  evaluate,
  fromData,
  NULL,
  parametersValue,
  parse,
  parseCondition,
  PLACES,
  printExpression,
  toText,
  UNKNOWN,
  variablesValue,
  type Environment,
  type Expression,
  type ExpressionError,
  type PlaceName,
  type StatusView,
  type Value,
} from '../../src/index.ts';
import { pick, seeded, type Random } from '../../../../test/support/random.ts';
import { fuzzText } from './texts.ts';

/** A text on which a promise was broken. */
export interface Finding {
  readonly seed: number;
  readonly place: PlaceName;
  readonly text: string;
  readonly what: string;
}

/** What a run of the fuzzer has done: how many texts were read, and how many of them had a value. */
export interface FuzzResult {
  readonly texts: number;
  readonly parsed: number;
  readonly evaluated: number;
  readonly slowestMs: number;
  readonly findings: readonly Finding[];
}

/** Longest time for one text, in milliseconds of processor time: others may use the machine, too. */
const MAX_MS = 2_000;

const places = Object.keys(PLACES) as PlaceName[];

/**
 * Tries `runs` texts, one for each seed from `seed` on. Promises: no text throws, every error lies inside its text,
 * what was read is read again from its print, evaluation gives the same answer twice, and none takes long.
 */
export function fuzzExpressions(examples: readonly string[], seed: number, runs: number): FuzzResult {
  const counts = { parsed: 0, evaluated: 0, slowestMs: 0 };
  const findings: Finding[] = [];
  for (let current = seed; current < seed + runs; current++) {
    const random = seeded(current);
    const place = pick(random, places);
    const text = fuzzText(random, PLACES[place], examples);
    const started = process.cpuUsage();
    const what = tryText(text, place, random, counts);
    const ms = process.cpuUsage(started).user / 1_000;
    counts.slowestMs = Math.max(counts.slowestMs, ms);
    const broken = what ?? (ms > MAX_MS ? `took ${Math.round(ms)} ms of the processor` : undefined);
    if (broken !== undefined) findings.push({ seed: current, place, text, what: broken });
  }
  return { texts: runs, ...counts, findings };
}

interface Counts {
  parsed: number;
  evaluated: number;
}

function tryText(text: string, place: PlaceName, random: Random, counts: Counts): string | undefined {
  try {
    const parsed = place.endsWith('Condition') ? parseCondition(text, place) : parse(text, place, ['item']);
    if (!parsed.ok) {
      return parsed.errors.length === 0 ? 'refused without error' : firstOutside(parsed.errors, text);
    }
    counts.parsed++;
    return printedAgain(parsed.tree, place) ?? evaluatedTwice(parsed.tree, text, random, counts);
  } catch (error) {
    return `threw ${String(error)}`;
  }
}

function firstOutside(errors: readonly ExpressionError[], text: string): string | undefined {
  const outside = errors.find(({ start, end }) => start < 0 || end < start || end > text.length);
  return outside && `error ${outside.code} at ${outside.start} to ${outside.end} of ${text.length}`;
}

function printedAgain(tree: Expression, place: PlaceName): string | undefined {
  const printed = printExpression(tree);
  const again = parse(printed, place, ['item']);
  if (again.ok) return printExpression(again.tree) === printed ? undefined : `prints as ${printed}`;
  // A print may be longer than what was written, and so too long to be read.
  return again.errors[0]?.code === 'text-too-long' ? undefined : `print cannot be read: ${printed}`;
}

function evaluatedTwice(tree: Expression, text: string, random: Random, counts: Counts): string | undefined {
  const environment: Environment = { values: VALUES, status: pick(random, STATUSES), counter: () => 7 };
  const [first, second] = [evaluate(tree, environment), evaluate(tree, environment)];
  if (JSON.stringify(summary(first)) !== JSON.stringify(summary(second))) return 'has two answers';
  decide(tree, { ...environment, values: UNKNOWN_VALUES });
  if (!first.ok) return text.trim() === '' ? undefined : firstOutside([first.error], text);
  counts.evaluated++;
  return undefined;
}

function summary(result: ReturnType<typeof evaluate>): unknown {
  return result.ok ? [result.value.kind, toText(result.value)] : [result.error.code, result.error.start];
}

function value(data: unknown): Value {
  return fromData(data) ?? NULL;
}

const VALUES: ReadonlyMap<string, Value> = new Map<string, Value>([
  [
    'parameters',
    parametersValue(
      new Map([
        ['list', value([1, '02', 'x', null, [true]])],
        ['map', value({ k: 'V', __proto: 1, constructor: {} })],
        ['deep', value([{ id: 1, tags: ['a'] }, { id: '' }, 'x', [{ id: 2 }]])],
        ['big', value('x{0}'.repeat(20_000))],
      ]),
    ),
  ],
  [
    'variables',
    variablesValue([
      ['a', 'b.c'],
      ['b.c', '1'],
    ]),
  ],
  ['dependencies', value({ A: { result: 'Succeeded', outputs: { 's.x': '1' } } })],
  ['stageDependencies', value({ S: { A: { result: 'Failed' } } })],
  ['pipeline', value({ startTime: '2026-03-09' })],
  ['resources', value({})],
  ['item', value(['x', { k: 1 }])],
  ['root', value({ a: [{ b: 1 }, { b: '2' }] })],
]);

const UNKNOWN_VALUES: ReadonlyMap<string, Value> = new Map([...VALUES].map(([name]) => [name, UNKNOWN]));

const STATUSES: readonly StatusView[] = [
  { level: 'step', jobStatus: 'failed' },
  { level: 'node', parent: 'inProgress', ancestors: new Map([['A', 'succeeded']]) },
  { level: 'node', parent: 'canceling', ancestors: new Map([['A', 'skipped']]) },
  { level: 'node', parent: 'unknown', ancestors: new Map([['A', 'unknown']]) },
];
