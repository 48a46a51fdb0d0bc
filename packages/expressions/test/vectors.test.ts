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
  toBoolean,
  toText,
  variablesValue,
  type Environment,
  type EvaluateResult,
  type Value,
} from '@signalbox/expressions';
import type { NodeResult } from '@signalbox/model';
import { toData } from './to-data.ts';

// Expressions of the agent's own tests, of the documentation and of another server. They are not part of the project:
// beside a checkout that has none, the tests are skipped.
const folder = fileURLToPath(new URL('../../../../shared/corpus/expr/', import.meta.url));
const absent = !existsSync(folder);

interface Vector {
  readonly id: string;
  readonly slot: string;
  readonly expr: string;
  readonly jobStatus?: string | null;
  readonly variables?: Record<string, string>;
  readonly parameters?: Record<string, unknown>;
  readonly contexts?: Record<string, unknown>;
  readonly expect: unknown;
  /** The word that the refusal is about. */
  readonly error?: string;
  /** Another expression that gives the same text. */
  readonly compareTo?: string;
}

/** Vectors that contradict a rule, and the rule. */
const CONTRADICTIONS: Readonly<Record<string, string>> = {
  substring: 'the other server has a function of its own; there is no such function (4.4)',
};

const STATUS: Readonly<Record<string, NodeResult>> = {
  Succeeded: 'succeeded',
  SucceededWithIssues: 'succeededWithIssues',
  Failed: 'failed',
  Canceled: 'canceled',
};

function run(text: string, vector: Vector): EvaluateResult {
  const loops = Object.keys(vector.contexts ?? {});
  const parsed =
    vector.slot === 'step-condition' ? parseCondition(text, 'stepCondition') : parse(text, 'template', loops);
  const [error] = parsed.ok ? [] : parsed.errors;
  if (error !== undefined) return { ok: false, error };
  if (!parsed.ok) throw new Error('A refusal has an error.');
  return evaluate(parsed.tree, environmentOf(vector));
}

function environmentOf({ jobStatus, variables, parameters, contexts }: Vector): Environment {
  const named = (data: Record<string, unknown> = {}): [string, Value][] =>
    Object.entries(data).map(([name, value]) => [name, fromData(value) ?? NULL]);
  const status = STATUS[jobStatus ?? ''];
  return {
    values: new Map<string, Value>([
      ['parameters', parametersValue(new Map(named(parameters)))],
      ['variables', variablesValue(Object.entries(variables ?? {}))],
      ...named(contexts),
    ]),
    status: { level: 'step', ...(status === undefined ? {} : { jobStatus: status }) },
  };
}

function judge(vector: Vector): void {
  const directive = /^\$\{\{ if (.*) \}\}$/.exec(vector.expr)?.[1];
  const result = run(directive ?? vector.expr, vector);
  if (vector.error !== undefined) return expect(result.ok).toBe(false);
  if (!result.ok) throw new Error(result.error.message);
  if (directive !== undefined) return expect(toBoolean(result.value)).toBe(vector.expect);
  if (vector.compareTo === undefined) return expect(toData(result.value)).toEqual(vector.expect);
  const other = run(vector.compareTo, vector);
  return expect(toText(result.value)).toBe(other.ok && toText(other.value));
}

for (const name of ['azdo-agent', 'docs-examples', 'runner-server']) {
  describe(`vectors of ${name}`, () => {
    it.skipIf(!absent)('is skipped: no vectors beside this checkout', () => undefined);

    const text = absent ? '{ "vectors": [] }' : readFileSync(`${folder}${name}.json`, 'utf8');
    for (const vector of (JSON.parse(text) as { vectors: readonly Vector[] }).vectors) {
      const contradicts = Object.entries(CONTRADICTIONS).find(([word]) => vector.expr.startsWith(`${word}(`));
      if (contradicts === undefined) it(`${vector.id}: ${vector.expr}`, () => judge(vector));
      else it(`${vector.id} is not followed: ${contradicts[1]}`, () => expect(() => judge(vector)).toThrow());
    }
  });
}
