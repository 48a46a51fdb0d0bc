import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  evaluate,
  fromData,
  NULL,
  parametersValue,
  parse,
  parseCondition,
  objectValue,
  stringValue,
  toBoolean,
  toText,
  variablesValue,
  type Environment,
  type PlaceName,
  type Value,
} from '@signalbox/expressions';
import type { NodeResult } from '@signalbox/model';

// Answers recorded from the real service. They are not part of the project: beside a checkout that has none, the
// tests are skipped.
const folder = fileURLToPath(new URL('../../../../shared/corpus/expr/', import.meta.url));
const absent = !existsSync(folder);
const absentReason = 'no recorded answers beside this checkout';

interface Vector {
  readonly expr: string;
  readonly slot: string;
  readonly parameters?: Record<string, unknown>;
  readonly text?: string;
  readonly error?: boolean;
  readonly accepted?: boolean;
}

const PLACE_OF_SLOT: Readonly<Record<string, PlaceName>> = {
  runtime: 'rootVariable',
  'runtime-var': 'rootVariable',
  'runtime-variable': 'rootVariable',
  'job-scoped-runtime-var': 'variable',
  'job-condition': 'jobCondition',
  'stage-condition': 'stageCondition',
  'step-condition': 'stepConditionCheck',
};

/**
 * Answers about the file rather than the expression: the environment does not exist (REC-152), or nothing is parsed
 * when the file is compiled (REC-137). The compiler's test of the same recording judges them.
 */
function isAboutFile({ slot, expr }: Vector): boolean {
  const wrong = expr === 'eq(1)' || expr.startsWith('nosuchcontext');
  return slot === 'deployment-scoped-runtime-var' || (slot === 'job-scoped-runtime-var' && wrong);
}

function load(name: string): unknown {
  return absent ? {} : JSON.parse(readFileSync(folder + name, 'utf8'));
}

const recorded = absent ? [] : (load('recorded-service.json') as { vectors: readonly Vector[] }).vectors;
const vectors = recorded.filter((vector) => !isAboutFile(vector));

// The recording keeps the expression, not the file around it; these are the values that stood in the file.
const VARIABLES = variablesValue([
  ['myVar', 'varValue'],
  ['My.Var', 'dottedValue'],
]);
const PARAMETERS = { myParam: 'paramValue', obj: { a: 1 } };

function environmentOf(vector: Vector): Environment {
  const given = vector.parameters ?? (vector.text === undefined ? {} : PARAMETERS);
  // A plain null inside an object parameter is the empty string (REC-58).
  const typed = Object.entries(given).map(
    ([name, data]) => [name, fromData(nullsToText(data)) ?? NULL] as const,
  );
  const variables =
    vector.text === 'variable-value' ? variablesValue([['MyVar', 'variable-value']]) : VARIABLES;
  return {
    values: new Map<string, Value>([
      ['parameters', parametersValue(new Map(typed))],
      ['variables', variables],
    ]),
  };
}

function nullsToText(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data), (_key, value: unknown) => value ?? '');
}

describe('expressions that the service printed, refused or accepted', () => {
  it.skipIf(!absent)(`is skipped: ${absentReason}`, () => undefined);

  for (const [index, vector] of vectors.entries()) {
    const title = `${index} ${vector.slot}: ${vector.expr.slice(0, 80)}`;
    it(title, () => {
      const template = vector.expr.startsWith('${{');
      const text = template ? vector.expr.slice(3, -2) : vector.expr;
      const place = template ? 'template' : (PLACE_OF_SLOT[vector.slot] ?? 'template');
      const parsed = parse(text, place);
      if (vector.accepted === true) return expect(parsed).toMatchObject({ ok: true });
      const result = parsed.ok ? evaluate(parsed.tree, environmentOf(vector)) : parsed;
      if (vector.error === true) return expect(result.ok).toBe(false);
      return expect(result.ok && 'value' in result && toText(result.value)).toBe(vector.text);
    });
  }
});

interface RecordedJob {
  readonly job: string;
  readonly dependsOn: readonly string[];
  readonly condition: string | null;
  readonly result: NodeResult;
  readonly conditionValue: 'True' | 'False' | null;
}

const jobs = absent ? [] : (load('recorded-status-functions.json') as { jobs: readonly RecordedJob[] }).jobs;
const RESULT_TEXT: Readonly<Partial<Record<NodeResult, string>>> = {
  succeeded: 'Succeeded',
  failed: 'Failed',
  skipped: 'Skipped',
  abandoned: 'Abandoned',
};

describe('job conditions over recorded dependencies', () => {
  it.skipIf(!absent)(`is skipped: ${absentReason}`, () => undefined);

  const results = new Map(jobs.map(({ job, result }) => [job, result]));
  for (const job of jobs) {
    it(`${job.job}: ${job.condition ?? 'default'} is ${job.conditionValue ?? 'an error'}`, () => {
      const ancestors = new Map(job.dependsOn.map((name) => [name, results.get(name) ?? 'unknown'] as const));
      const dependencies = [...ancestors].map(
        ([name, result]) =>
          [
            name,
            objectValue(new Map([['result', stringValue(RESULT_TEXT[result as NodeResult] ?? '')]])),
          ] as const,
      );
      const parsed = parseCondition(job.condition ?? undefined, 'jobCondition');
      const result = parsed.ok
        ? evaluate(parsed.tree, {
            values: new Map([['dependencies', objectValue(new Map(dependencies))]]),
            status: { level: 'node', parent: 'inProgress', ancestors },
          })
        : parsed;
      if (job.conditionValue === null) return expect(result).toMatchObject({ ok: false });
      return expect(result.ok && 'value' in result && toBoolean(result.value)).toBe(
        job.conditionValue === 'True',
      );
    });
  }
});
