import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  arrayValue,
  dateTimeValue,
  decide,
  evaluate,
  expandMacros,
  expandVariables,
  foldCase,
  fromData,
  NULL,
  objectValue,
  parametersValue,
  parse,
  parseCondition,
  PLACES,
  toText,
  UNKNOWN,
  variablesValue,
  type Environment,
  type ExpressionError,
  type ParentState,
  type PlaceName,
  type StatusView,
  type Value,
} from '@signalbox/expressions';
import type { NodeResult } from '@signalbox/model';
import { toData } from './to-data.ts';

const folder = fileURLToPath(new URL('../../../spec/expressions/', import.meta.url));

/** What an expression is evaluated against; a file may give it for all of its cases. */
interface Given {
  readonly parameters?: Record<string, unknown>;
  readonly variables?: Record<string, string>;
  readonly values?: Record<string, unknown>;
  readonly startTime?: string;
  readonly zoneMinutes?: number;
  readonly jobStatus?: NodeResult;
  readonly ancestors?: Record<string, NodeResult | 'unknown'>;
  readonly parent?: ParentState;
}

interface ExpressionCase extends Given {
  readonly rule: string;
  readonly expr: string;
  readonly place?: PlaceName;
  readonly result?: unknown;
  readonly text?: string;
  readonly error?: string;
  readonly errors?: readonly string[];
  readonly at?: number;
  readonly help?: string;
  readonly decide?: string;
  readonly legalIn?: readonly PlaceName[];
}

interface MacroCase {
  readonly rule: string;
  readonly variables: Record<string, string>;
  readonly text?: string;
  readonly expanded?: string;
  readonly values?: Record<string, string>;
  readonly warnings?: Record<string, string>;
}

interface CaseFile {
  readonly about: string;
  readonly given?: Given;
  readonly cases: readonly (ExpressionCase | MacroCase)[];
}

for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
  const file = JSON.parse(readFileSync(folder + name, 'utf8')) as CaseFile;
  describe(`spec/expressions/${name}: ${file.about}`, () => {
    for (const each of file.cases) {
      if ('expr' in each) it(titleOf(each), () => runCase(each, { ...file.given, ...each }));
      else it(`${each.rule}: ${each.text ?? JSON.stringify(each.variables)}`, () => runMacroCase(each));
    }
  });
}

function titleOf({ rule, expr, place, jobStatus, ancestors, parent }: ExpressionCase): string {
  const status = jobStatus ?? (ancestors === undefined ? '' : JSON.stringify(ancestors));
  return [`${rule}:`, expr, place ?? '', status, parent ?? ''].filter((part) => part !== '').join(' ');
}

function runCase(each: ExpressionCase, given: Given): void {
  if (each.legalIn !== undefined) {
    const places = Object.keys(PLACES) as PlaceName[];
    const legal = places.filter((place) => parse(each.expr, place).ok);
    expect(legal).toEqual(each.legalIn);
    return;
  }
  const place = each.place ?? 'template';
  const condition = place.endsWith('Condition');
  const parsed = condition
    ? parseCondition(each.expr, place)
    : parse(each.expr, place, Object.keys(given.values ?? {}));
  if (each.errors !== undefined) {
    const errors = parsed.ok ? [] : parsed.errors;
    expect(errors.map((error) => error.code)).toEqual(each.errors);
    expectDetails(errors[0], each);
    return;
  }
  if (!parsed.ok) throw new Error(parsed.errors.map((error) => error.message).join('; '));
  if (each.decide !== undefined) {
    expect(decide(parsed.tree, environmentOf(given))).toBe(each.decide);
    return;
  }
  const result = evaluate(parsed.tree, environmentOf(given));
  if (each.error !== undefined) {
    expect(result.ok ? 'a value' : result.error.code).toBe(each.error);
    expectDetails(result.ok ? undefined : result.error, each);
  } else if (!result.ok) throw new Error(result.error.message);
  else if (each.text !== undefined) expect(toText(result.value)).toBe(each.text);
  else expect(toData(result.value)).toEqual(each.result);
}

function expectDetails(error: ExpressionError | undefined, { at, help }: ExpressionCase): void {
  expect(error?.message).not.toBe('');
  if (at !== undefined) expect(error?.start).toBe(at);
  if (help !== undefined) expect(error?.help).toBe(help);
}

function environmentOf(given: Given): Environment {
  const values = new Map<string, Value>();
  const parameters = Object.entries(given.parameters ?? {}).map(
    ([name, data]) => [name, toValue(data)] as const,
  );
  values.set('parameters', parametersValue(new Map(parameters)));
  values.set('variables', variablesValue(Object.entries(given.variables ?? {})));
  if (given.startTime !== undefined) {
    const startTime = dateTimeValue(Date.parse(given.startTime), given.zoneMinutes ?? 0);
    values.set('pipeline', objectValue(new Map([['startTime', startTime]])));
  }
  for (const [name, data] of Object.entries(given.values ?? {})) values.set(name, toValue(data));
  const status = statusOf(given);
  return { values, ...(status === undefined ? {} : { status }) };
}

function statusOf({ jobStatus, ancestors, parent = 'inProgress' }: Given): StatusView | undefined {
  if (jobStatus !== undefined) return { level: 'step', jobStatus };
  if (ancestors === undefined) return undefined;
  return { level: 'node', parent, ancestors: new Map(Object.entries(ancestors)) };
}

/** Plain data as a value, with `<unknown>` for what is not known yet. */
function toValue(data: unknown): Value {
  if (data === '<unknown>') return UNKNOWN;
  if (Array.isArray(data)) return arrayValue(data.map(toValue));
  if (typeof data !== 'object' || data === null) return fromData(data) ?? NULL;
  return objectValue(new Map(Object.entries(data).map(([key, value]) => [key, toValue(value)])));
}

function runMacroCase(each: MacroCase): void {
  const variables = new Map(Object.entries(each.variables));
  if (each.text !== undefined) {
    const folded = new Map([...variables].map(([name, value]) => [foldCase(name), value]));
    expect(expandMacros(each.text, (name) => folded.get(foldCase(name)))).toBe(each.expanded);
    return;
  }
  const { values, warnings } = expandVariables(variables);
  expect(Object.fromEntries(values)).toEqual(each.values);
  expect(Object.fromEntries(warnings.map(({ name, reason }) => [name, reason]))).toEqual(each.warnings);
}
